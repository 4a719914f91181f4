package org.pipeorgan.dsl.sweep;

import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.expressions.Terms;
import org.pipeorgan.dsl.expressions.Terms.Term;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.PropertyReference;

/**
 * What the points of a front are good at.
 *
 * @param label     as written
 * @param maximized whether it is to be large
 * @param term      the number
 */
public record Goal(String label, boolean maximized, Expression term) {
	static Goal of(Metric metric) {
		PropertyReference reference = PipeorganFactory.eINSTANCE.createPropertyReference();
		reference.setName(metric.keyword());
		return new Goal(metric.keyword(), false, reference);
	}

	static Goal of(Expression term, boolean maximized) {
		return new Goal(Evaluator.text(term), maximized, term);
	}

	/** The number at the point that names are selected for, in the base unit of its dimension; NaN if the point has none. */
	public double value(PointNames names) {
		return new Terms(names).number(term).number();
	}

	/** The unit of {@link #value}, empty for a count. */
	public String unit(PointNames names) {
		Term any = new Terms(names).number(term);
		return any.dimension().base();
	}
}
