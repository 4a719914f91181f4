package org.pipeorgan.dsl.generator

import org.eclipse.emf.ecore.resource.Resource
import org.eclipse.xtext.generator.AbstractGenerator
import org.eclipse.xtext.generator.IFileSystemAccess2
import org.eclipse.xtext.generator.IGeneratorContext
import org.pipeorgan.dsl.pipeorgan.Model
import org.pipeorgan.dsl.pipeorgan.Study
import org.pipeorgan.dsl.translation.Problem
import org.pipeorgan.dsl.translation.StudyTranslator
import org.pipeorgan.engine.search.Progress
import org.pipeorgan.engine.search.StudyRunner

/**
 * Runs every study of a file that varies nothing and writes what it asks for into a folder of the study's name. The generator's cancel
 * indicator stops the search.
 */
class PipeOrganGenerator extends AbstractGenerator {
	override doGenerate(Resource resource, IFileSystemAccess2 files, IGeneratorContext context) {
		for (study : resource.contents.filter(Model).flatMap[declarations].filter(Study).filter[variations.empty]) {
			StudyTranslator.translate(study, Problem.IGNORE).ifPresent [ translated |
				val result = StudyRunner.run(translated, 1, progress(context))
				StudyOutput.files(study, translated, result).forEach [ name, text |
					files.generateFile('''«study.name»/«name»''', text)
				]
			]
		}
	}

	private def progress(IGeneratorContext context) {
		new Progress {
			override advance(String finished, int done, int total) {
			}

			override isCancelled() {
				context.cancelIndicator.canceled
			}
		}
	}
}
