package org.pipeorgan.dsl.scoping;

import com.google.inject.Inject;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.naming.IQualifiedNameConverter;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.naming.QualifiedName;
import org.pipeorgan.dsl.pipeorgan.BlockUse;
import org.pipeorgan.dsl.pipeorgan.Declaration;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Value;

/** Declarations are called by package and name, values by workload and name, a file by its package. */
public class PipeOrganQualifiedNameProvider extends IQualifiedNameProvider.AbstractImpl {
	@Inject
	private IQualifiedNameConverter converter;

	@Override
	public QualifiedName getFullyQualifiedName(EObject object) {
		if (object instanceof Model model) {
			return model.getPackageName() == null ? null : converter.toQualifiedName(model.getPackageName());
		}
		if (object instanceof Declaration declaration) {
			return append(declaration.eContainer(), declaration.getName());
		}
		if (object instanceof Value value) {
			EObject container = value.eContainer();
			return append(container instanceof BlockUse ? container.eContainer() : container, value.getName());
		}
		return null;
	}

	private QualifiedName append(EObject container, String name) {
		if (name == null) {
			return null;
		}
		QualifiedName prefix = container == null ? null : getFullyQualifiedName(container);
		return prefix == null ? QualifiedName.create(name) : prefix.append(name);
	}
}
