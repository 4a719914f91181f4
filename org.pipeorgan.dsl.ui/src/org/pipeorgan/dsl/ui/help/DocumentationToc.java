package org.pipeorgan.dsl.ui.help;

import java.util.List;
import org.eclipse.core.expressions.IEvaluationContext;
import org.eclipse.help.AbstractTocProvider;
import org.eclipse.help.IToc;
import org.eclipse.help.ITocContribution;
import org.eclipse.help.ITopic;
import org.eclipse.help.IUAElement;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.ui.help.Documentation.Page;
import org.pipeorgan.dsl.ui.help.Documentation.Section;

/** The table of contents of the platform's help: the pages, and their sections as they stand in the files. */
public final class DocumentationToc extends AbstractTocProvider {
	private static final String LABEL = "PipeOrgan Workbench Guide";

	@Override
	public ITocContribution[] getTocContributions(String locale) {
		return new ITocContribution[] { new Contribution(locale) };
	}

	/** An entry with what is below it. */
	private record Topic(String label, String href, List<Topic> topics) implements ITopic {
		@Override
		public boolean isEnabled(IEvaluationContext context) {
			return true;
		}

		@Override
		public IUAElement[] getChildren() {
			return getSubtopics();
		}

		@Override
		public String getHref() {
			return href;
		}

		@Override
		public String getLabel() {
			return label;
		}

		@Override
		public ITopic[] getSubtopics() {
			return topics.toArray(ITopic[]::new);
		}

		private static Topic of(Page page) {
			List<Section> sections = Documentation.sections(page);
			String href = "/" + PipeOrganUi.ID + "/" + page.href();
			return new Topic(sections.get(0).title(), href, sections.stream().skip(1).filter(section -> section.level() == 2)
					.map(section -> new Topic(section.title(), href + "#" + section.anchor(), List.of())).toList());
		}
	}

	/** The book. */
	private static final class Book implements IToc {
		private final List<Topic> topics = Documentation.PAGES.stream().map(Topic::of).toList();

		@Override
		public boolean isEnabled(IEvaluationContext context) {
			return true;
		}

		@Override
		public IUAElement[] getChildren() {
			return getTopics();
		}

		@Override
		public String getHref() {
			return "/" + PipeOrganUi.ID + "/toc";
		}

		@Override
		public String getLabel() {
			return LABEL;
		}

		@Override
		public ITopic[] getTopics() {
			return topics.toArray(ITopic[]::new);
		}

		@Override
		public ITopic getTopic(String href) {
			return href == null ? topics.get(0) : topics.stream().filter(topic -> topic.href.equals(href)).findFirst().orElse(null);
		}
	}

	/** That the book is one of its own. */
	private record Contribution(String locale) implements ITocContribution {
		@Override
		public String getCategoryId() {
			return null;
		}

		@Override
		public String getContributorId() {
			return PipeOrganUi.ID;
		}

		@Override
		public String[] getExtraDocuments() {
			return new String[0];
		}

		@Override
		public String getId() {
			return "/" + PipeOrganUi.ID + "/toc";
		}

		@Override
		public String getLinkTo() {
			return null;
		}

		@Override
		public String getLocale() {
			return locale;
		}

		@Override
		public IToc getToc() {
			return new Book();
		}

		@Override
		public boolean isPrimary() {
			return true;
		}
	}
}
