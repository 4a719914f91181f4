package org.pipeorgan.dsl.cli;

import java.util.List;

import org.pipeorgan.dsl.pipeorgan.Model;

/**
 * A file with everything that is wrong in it and in the files that it imports.
 *
 * @param model    the file's model; {@code null} if nothing of it could be parsed
 * @param messages problems, sorted by file and place
 */
record LoadedFile(Model model, List<Message> messages) {
	/** Whether it may be worked with. */
	boolean isSound() {
		return model != null && messages.stream().noneMatch(Message::isError);
	}
}
