package org.pipeorgan.dsl;

import com.google.inject.Injector;
import org.eclipse.emf.ecore.EPackage;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;

/** Sets the language up outside Eclipse. The metamodel is imported by the grammar, so its package is registered here. */
public class PipeOrganStandaloneSetup extends PipeOrganStandaloneSetupGenerated {
	/** Registers the language with EMF. */
	public static void doSetup() {
		new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
	}

	@Override
	public Injector createInjectorAndDoEMFRegistration() {
		EPackage.Registry.INSTANCE.putIfAbsent(PipeorganPackage.eNS_URI, PipeorganPackage.eINSTANCE);
		return super.createInjectorAndDoEMFRegistration();
	}
}
