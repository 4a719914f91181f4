package org.pipeorgan.dsl;

import com.google.inject.Binder;
import com.google.inject.name.Names;

import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.formatting2.IFormatter2;
import org.eclipse.xtext.generator.IGenerator2;
import org.eclipse.xtext.linking.ILinkingDiagnosticMessageProvider;
import org.eclipse.xtext.naming.IQualifiedNameProvider;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;
import org.eclipse.xtext.preferences.IPreferenceValuesProvider;
import org.eclipse.xtext.resource.IDefaultResourceDescriptionStrategy;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.scoping.IGlobalScopeProvider;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.eclipse.xtext.scoping.impl.AbstractDeclarativeScopeProvider;
import org.eclipse.xtext.validation.CompositeEValidator;
import org.eclipse.xtext.validation.ConfigurableIssueCodesProvider;
import org.eclipse.xtext.validation.IDiagnosticConverter;
import org.pipeorgan.dsl.formatting2.PipeOrganFormatter;
import org.pipeorgan.dsl.generator.PipeOrganGenerator;
import org.pipeorgan.dsl.parsing.PipeOrganGuardedParser;
import org.pipeorgan.dsl.parsing.PipeOrganSyntaxMessages;
import org.pipeorgan.dsl.parsing.PipeOrganValueConverters;
import org.pipeorgan.dsl.scoping.PipeOrganGlobalScopeProvider;
import org.pipeorgan.dsl.scoping.PipeOrganLinkingMessages;
import org.pipeorgan.dsl.scoping.PipeOrganLocalScopeProvider;
import org.pipeorgan.dsl.scoping.PipeOrganQualifiedNameProvider;
import org.pipeorgan.dsl.scoping.PipeOrganResource;
import org.pipeorgan.dsl.scoping.PipeOrganResourceDescriptionStrategy;
import org.pipeorgan.dsl.settings.SettingsProvider;
import org.pipeorgan.dsl.validation.CompletenessValidator;
import org.pipeorgan.dsl.validation.PipeOrganIssueCodesProvider;
import org.pipeorgan.dsl.validation.SafeDiagnosticConverter;

/** The services of the language that differ from Xtext's own. */
public class PipeOrganRuntimeModule extends AbstractPipeOrganRuntimeModule {
	/** Runs studies and writes what they ask for. */
	public Class<? extends IGenerator2> bindIGenerator2() {
		return PipeOrganGenerator.class;
	}

	/** Layout. */
	public Class<? extends IFormatter2> bindIFormatter2() {
		return PipeOrganFormatter.class;
	}

	@Override
	public Class<? extends IValueConverterService> bindIValueConverterService() {
		return PipeOrganValueConverters.class;
	}

	@Override
	public Class<? extends IParser> bindIParser() {
		return PipeOrganGuardedParser.class;
	}

	/** Messages of syntax errors. */
	public Class<? extends ISyntaxErrorMessageProvider> bindISyntaxErrorMessageProvider() {
		return PipeOrganSyntaxMessages.class;
	}

	@Override
	public Class<? extends XtextResource> bindXtextResource() {
		return PipeOrganResource.class;
	}

	/** Messages of unresolved names. */
	public Class<? extends ILinkingDiagnosticMessageProvider.Extended> bindILinkingDiagnosticMessageProvider() {
		return PipeOrganLinkingMessages.class;
	}

	@Override
	public Class<? extends IQualifiedNameProvider> bindIQualifiedNameProvider() {
		return PipeOrganQualifiedNameProvider.class;
	}

	@Override
	public Class<? extends IGlobalScopeProvider> bindIGlobalScopeProvider() {
		return PipeOrganGlobalScopeProvider.class;
	}

	/** Visible elements of a file. */
	public Class<? extends IDefaultResourceDescriptionStrategy> bindIDefaultResourceDescriptionStrategy() {
		return PipeOrganResourceDescriptionStrategy.class;
	}

	/** No error is lost on the way to the user. */
	public Class<? extends IDiagnosticConverter> bindIDiagnosticConverter() {
		return SafeDiagnosticConverter.class;
	}

	/** Settings files and chosen severities. */
	public Class<? extends IPreferenceValuesProvider> bindIPreferenceValuesProvider() {
		return SettingsProvider.class;
	}

	/** Severities. */
	public Class<? extends ConfigurableIssueCodesProvider> bindConfigurableIssueCodesProvider() {
		return PipeOrganIssueCodesProvider.class;
	}

	/** {@link CompletenessValidator} says what is missing in models that are not half-typed texts. */
	public void configureUseEObjectValidator(Binder binder) {
		binder.bindConstant().annotatedWith(Names.named(CompositeEValidator.USE_EOBJECT_VALIDATOR)).to(false);
	}

	@Override
	public void configureIScopeProviderDelegate(Binder binder) {
		binder.bind(IScopeProvider.class).annotatedWith(Names.named(AbstractDeclarativeScopeProvider.NAMED_DELEGATE)).to(PipeOrganLocalScopeProvider.class);
	}
}
