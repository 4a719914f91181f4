package org.pipeorgan.dsl.ide;

import com.google.common.base.Predicate;
import com.google.inject.Inject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.CrossReference;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.RuleCall;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistContext;
import org.eclipse.xtext.ide.editor.contentassist.ContentAssistEntry;
import org.eclipse.xtext.ide.editor.contentassist.IIdeContentProposalAcceptor;
import org.eclipse.xtext.ide.editor.contentassist.IdeContentProposalProvider;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.IEObjectDescription;
import org.pipeorgan.dsl.expressions.NumberRole;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.services.PipeOrganGrammarAccess;
import org.pipeorgan.dsl.sweep.Metric;
import org.pipeorgan.dsl.sweep.Property;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;

/** What may stand at a place: besides keywords and names, units that do there and declarations to fill in. */
public class PipeOrganContentProposals extends IdeContentProposalProvider {
	private static final int TEMPLATE_PRIORITY = 300;
	private static final int UNIT_PRIORITY = 600;
	/** Whole declarations, by what they begin with; each is valid as it stands. */
	private static final Map<String, String> TEMPLATES = new LinkedHashMap<>();

	static {
		TEMPLATES.put("workload", "workload Name {\n  input image [C 3, H 224, W 224]\n  conv1 = conv(image) K 64 R 3 S 3 pad 1\n}\n");
		TEMPLATES.put("block", "block Name(x) {\n  param width = 64\n  y = conv(x) K width R 3 S 3 pad 1\n}\n");
		TEMPLATES.put("accelerator",
				"accelerator Name {\n  clock 1 GHz\n  array 32 x 32 {\n    macs 8 per cycle\n    registers 512 B\n  }\n  buffer 1 MiB at 256 B/cycle\n  memory 64 GB/s\n  interconnect mesh\n}\n");
		TEMPLATES.put("interconnect", "interconnect name {\n  topology mesh\n  express every 4\n  link 8 B/cycle\n  hop 1 cycle\n}\n");
		TEMPLATES.put("policy", "policy name refines pipeorgan {\n  depth 4\n}\n");
		TEMPLATES.put("study", "study name {\n  map library.xrbench.structured.ES_RITNet on library.accelerators.EdgeXR with mesh, amp\n  policies pipeorgan, tangram as baseline\n  write html, json, csv\n}\n");
		TEMPLATES.put("sweep", "study name {\n  map library.xrbench.structured.KD_res8_narrow on library.accelerators.EdgeXR with mesh, amp\n  policies tangram\n  vary array in 16 x 16, 32 x 32\n  vary buffer.size in 256 KiB .. 2 MiB times 2\n  where buffer.size / array.pes >= 1 KiB\n  minimize latency, energy, buffer.size\n}\n");
	}

	/** Rules in which a qualified name is a property of a design. */
	private static final Set<String> PROPERTY_RULES = Set.of("Variation", "PropertyReference");

	/** Whole declarations, by what they begin with; each is valid as it stands. */
	public static Map<String, String> templates() {
		return Collections.unmodifiableMap(TEMPLATES);
	}

	@Inject
	private PipeOrganGrammarAccess grammar;

	@Override
	protected void _createProposals(RuleCall call, ContentAssistContext context, IIdeContentProposalAcceptor acceptor) {
		if (call.getRule() == grammar.getUnitRule()) {
			units(context).forEach(unit -> acceptor.accept(getProposalCreator().createProposal(unit, context, entry -> entry.setKind(ContentAssistEntry.KIND_UNIT)), UNIT_PRIORITY));
		} else if (call.getRule() == grammar.getQualifiedNameRule() && GrammarUtil.containingAssignment(call) != null
				&& PROPERTY_RULES.contains(GrammarUtil.containingParserRule(call).getName())) {
			properties(GrammarUtil.containingParserRule(call) == grammar.getVariationRule()).forEach((property, description) -> acceptor
					.accept(getProposalCreator().createProposal(property, context, entry -> {
						entry.setDescription(description);
						entry.setKind(ContentAssistEntry.KIND_PROPERTY);
					}), UNIT_PRIORITY));
		} else if (call.getRule() == grammar.getDeclarationRule()) {
			TEMPLATES.forEach((keyword, text) -> acceptor.accept(getProposalCreator().createProposal(text, context, entry -> {
				entry.setLabel(keyword + " { ... }");
				entry.setDescription("template");
				entry.setKind(ContentAssistEntry.KIND_SNIPPET);
			}), TEMPLATE_PRIORITY));
		} else {
			super._createProposals(call, context, acceptor);
		}
	}

	/** Properties of designs, with what they measure; in terms also what an evaluation gives. */
	private static Map<String, String> properties(boolean varied) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (Property property : Property.values()) {
			if (!varied || property.isVariable()) {
				properties.put(property.path(), property.dimension() == null ? "one of " + String.join(", ", property.names()) : property.dimension().label());
			}
		}
		if (!varied) {
			for (Metric metric : Metric.values()) {
				properties.putIfAbsent(metric.keyword(), "result, " + metric.dimension().label());
			}
		}
		return properties;
	}

	/** Units of the place if it is known, else the customary ones of every dimension. */
	private static Set<String> units(ContentAssistContext context) {
		Set<String> units = new LinkedHashSet<>();
		for (EObject model : new EObject[] { context.getCurrentModel(), context.getPreviousModel() }) {
			if (model instanceof Quantity quantity) {
				NumberRole.ofOutermost(quantity).ifPresent(role -> units.addAll(role.units()));
			}
		}
		if (units.isEmpty()) {
			Dimension.NAMED.forEach(dimension -> units.addAll(Units.names(dimension)));
		}
		return units;
	}

	/** Values are read only below their definition. */
	@Override
	protected Predicate<IEObjectDescription> getCrossrefFilter(CrossReference reference, ContentAssistContext context) {
		EReference feature = GrammarUtil.getReference(reference);
		if (feature != Literals.OPERATOR__OPERANDS && feature != Literals.BLOCK_USE__OPERANDS) {
			return super.getCrossrefFilter(reference, context);
		}
		return description -> {
			List<INode> names = NodeModelUtils.findNodesForFeature(description.getEObjectOrProxy(), Literals.NAMED_ELEMENT__NAME);
			return names.isEmpty() || names.get(0).getEndOffset() < context.getOffset() && !isSameLine(names.get(0), context);
		};
	}

	private static boolean isSameLine(INode name, ContentAssistContext context) {
		return context.getCurrentModel() != null && context.getCurrentModel() == NodeModelUtils.findActualSemanticObjectFor(name);
	}
}
