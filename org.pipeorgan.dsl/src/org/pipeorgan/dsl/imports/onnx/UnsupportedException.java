package org.pipeorgan.dsl.imports.onnx;

/** An operator that cannot be said in the language, with the reason. */
@SuppressWarnings("serial") // never leaves the process
final class UnsupportedException extends RuntimeException {
	UnsupportedException(String message) {
		super(message);
	}
}
