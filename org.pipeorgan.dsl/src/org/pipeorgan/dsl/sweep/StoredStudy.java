package org.pipeorgan.dsl.sweep;

import com.google.inject.Injector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.conversion.Xmi;
import org.pipeorgan.dsl.library.Library;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.engine.exploration.StoreHeader;

/** Studies as the texts of their files: how they are kept in stores, and sent to other machines. */
public final class StoredStudy {
	private static final URI ROOT = URI.createURI("memory:/study/");

	private StoredStudy() {
	}

	/** What a store says about a sweep. @param program version of the program that evaluates */
	public static StoreHeader header(Sweep sweep, String program) throws IOException {
		Map<Path, String> texts = new TreeMap<>();
		for (Resource resource : sweep.study().eResource().getResourceSet().getResources()) {
			if (resource.getURI().isFile() && Library.portable(resource.getURI()).isEmpty()) {
				Path file = Path.of(resource.getURI().toFileString());
				texts.put(file, Files.readString(file));
			}
		}
		Path root = texts.keySet().stream().map(Path::getParent).reduce(StoredStudy::common).orElseThrow();
		Map<String, String> sources = new LinkedHashMap<>();
		texts.forEach((file, text) -> sources.put(root.relativize(file).toString(), text));
		String own = root.relativize(Path.of(sweep.study().eResource().getURI().toFileString())).toString();
		return new StoreHeader(sweep.name(), own, sweep.hash(), program, sweep.space(), sweep.columns(), sweep.workloads(), sources);
	}

	private static Path common(Path first, Path second) {
		Path common = first;
		while (!second.startsWith(common)) {
			common = common.getParent();
		}
		return common;
	}

	private static boolean isXmi(String path) {
		return path.endsWith("." + Xmi.EXTENSION);
	}

	private static URI uri(String path) {
		return URI.createURI(path).resolve(ROOT);
	}

	/** The sweep whose texts a store holds. @throws IllegalArgumentException if they are none of this language */
	public static Sweep sweep(StoreHeader header) {
		Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
		XtextResourceSet resources = injector.getInstance(XtextResourceSet.class);
		Resource own = null;
		try {
			// files that import each other have to be there before the first is read
			header.sources().keySet().stream().filter(path -> !isXmi(path)).forEach(path -> resources.createResource(uri(path)));
			for (Map.Entry<String, String> source : header.sources().entrySet()) {
				byte[] bytes = source.getValue().getBytes(StandardCharsets.UTF_8);
				Resource resource;
				if (isXmi(source.getKey())) {
					resource = injector.getInstance(Xmi.class).read(bytes, uri(source.getKey()), resources);
				} else {
					resource = resources.getResource(uri(source.getKey()), false);
					resource.load(new ByteArrayInputStream(bytes), Map.of());
				}
				own = source.getKey().equals(header.file()) ? resource : own;
			}
		} catch (IOException e) {
			throw new IllegalArgumentException("the study of the store cannot be read: " + e.getMessage(), e);
		}
		List.copyOf(resources.getResources()).forEach(EcoreUtil::resolveAll);
		if (own == null || own.getContents().isEmpty() || !own.getErrors().isEmpty()) {
			throw new IllegalArgumentException("the study of the store cannot be read" + (own == null || own.getErrors().isEmpty() ? "" : ": " + own.getErrors().get(0).getMessage()));
		}
		return new Sweep(((Model) own.getContents().get(0)).getDeclarations().stream().filter(Study.class::isInstance).map(Study.class::cast)
				.filter(study -> study.getName().equals(header.study())).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("the texts of the store have no study '" + header.study() + "'")));
	}
}
