package org.pipeorgan.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.search.Study;

import com.google.inject.Injector;

/** Studies of networks of the library, on an accelerator of the library. */
final class Studies {
	/** The eleven networks of XR-Bench, in their structured form. */
	static final List<String> SUITE = List.of("ES_RITNet", "GE_FBNet_C", "KD_res8_narrow", "AS_ED_TCN", "ASR_EM_24L", "DE_midas_v21_small", "DR_RGBd_200",
			"HT_hand_graph_cnn_half", "OD_D2go_FasterRCNN", "PD_Plane_RCNN_Quarter", "SS_HRViT_b1");

	private Studies() {
	}

	/**
	 * One policy on some networks, on the augmented mesh.
	 *
	 * @param side   of the array
	 * @param policy its text after the name
	 */
	static Study of(List<String> networks, int side, String policy) {
		String text = """
				import library.xrbench.*
				import library.accelerators.*

				accelerator Sized refines EdgeXR {
				  array %d x %d {
				    macs 8 per cycle
				    registers 512 B
				    precision 8 bit
				    partial sums 32 bit
				  }
				}

				policy measured %s

				study benchmark {
				  map %s on Sized with amp
				  policies measured
				}
				""".formatted(side, side, policy, String.join(", ", networks.stream().map(name -> "structured." + name).toList()));
		Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
		XtextResource resource = (XtextResource) injector.getInstance(IResourceFactory.class).createResource(URI.createURI("memory:/benchmark.pog"));
		injector.getInstance(XtextResourceSet.class).getResources().add(resource);
		try {
			resource.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Map.of());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		Model model = (Model) resource.getContents().get(0);
		return model.getDeclarations().stream().filter(org.pipeorgan.dsl.pipeorgan.Study.class::isInstance).map(org.pipeorgan.dsl.pipeorgan.Study.class::cast)
				.findFirst().flatMap(study -> StudyTranslator.translate(study, problem -> {
					throw new IllegalStateException(problem.toString());
				})).orElseThrow();
	}
}
