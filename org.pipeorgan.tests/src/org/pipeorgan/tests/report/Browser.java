package org.pipeorgan.tests.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** A page in a headless Chromium of its own, driven over the DevTools protocol. It keeps what the page asked the network for, and its errors. */
final class Browser implements AutoCloseable {
	private static final int SECONDS = 60;
	private static final Gson GSON = new Gson();

	private final Process process;
	private final Path profile;
	private final HttpClient client = HttpClient.newHttpClient();
	private final WebSocket socket;
	private final AtomicInteger last = new AtomicInteger();
	private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
	private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
	private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
	private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

	private Browser(String executable) throws IOException, InterruptedException {
		profile = Files.createTempDirectory("pipeorgan-browser");
		process = new ProcessBuilder(executable, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars", "--remote-debugging-port=0",
				"--user-data-dir=" + profile, "about:blank").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		try {
			socket = client.newWebSocketBuilder().buildAsync(endpoint(), new Listener()).get(SECONDS, TimeUnit.SECONDS);
			String target = call("Target.createTarget", Map.of("url", "about:blank"), null).get("targetId").getAsString();
			session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null).get("sessionId").getAsString();
			for (String domain : new String[] { "Page", "Runtime", "Network" }) {
				send(domain + ".enable", Map.of());
			}
		} catch (ExecutionException | TimeoutException e) {
			close();
			throw new IOException("no answer from " + executable, e);
		}
	}

	private String session;

	/** A browser, or null where none is installed. */
	static Browser open() throws IOException, InterruptedException {
		for (String name : new String[] { "chromium", "chromium-browser", "google-chrome" }) {
			for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
				Path executable = Path.of(folder, name);
				if (Files.isExecutable(executable)) {
					return new Browser(executable.toString());
				}
			}
		}
		return null;
	}

	private URI endpoint() throws IOException, InterruptedException {
		Path port = profile.resolve("DevToolsActivePort");
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		while (System.nanoTime() < end && process.isAlive()) {
			if (Files.exists(port)) {
				List<String> lines = Files.readAllLines(port);
				if (lines.size() >= 2) {
					return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
				}
			}
			Thread.sleep(50);
		}
		throw new IOException("the browser did not start");
	}

	/** Loads a file and waits for it. */
	void load(Path file) {
		loaded = new CompletableFuture<>();
		send("Page.navigate", Map.of("url", file.toUri().toString()));
		try {
			loaded.get(SECONDS, TimeUnit.SECONDS);
		} catch (InterruptedException | ExecutionException | TimeoutException e) {
			throw new IllegalStateException("the page did not load", e);
		}
	}

	/** The value of an expression or a promise in the page, as JSON. */
	JsonElement evaluate(String expression) {
		JsonObject answer = send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
		if (answer.has("exceptionDetails")) {
			throw new IllegalStateException(answer.get("exceptionDetails").toString());
		}
		JsonObject result = answer.getAsJsonObject("result");
		return result.has("value") ? result.get("value") : com.google.gson.JsonNull.INSTANCE;
	}

	/** Size of the window in CSS pixels, and the colour scheme that the reader prefers. */
	void emulate(int width, int height, String scheme) {
		send("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
		send("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** Calls a method of the protocol on the page. */
	JsonObject send(String method, Map<String, ?> parameters) {
		return call(method, parameters, session);
	}

	private JsonObject call(String method, Map<String, ?> parameters, String inSession) {
		int id = last.incrementAndGet();
		JsonObject message = new JsonObject();
		message.addProperty("id", id);
		message.addProperty("method", method);
		message.add("params", GSON.toJsonTree(parameters));
		if (inSession != null) {
			message.addProperty("sessionId", inSession);
		}
		CompletableFuture<JsonObject> answer = new CompletableFuture<>();
		answers.put(id, answer);
		socket.sendText(GSON.toJson(message), true).join();
		try {
			JsonObject received = answer.get(SECONDS, TimeUnit.SECONDS);
			if (received.has("error")) {
				throw new IllegalStateException(method + ": " + received.get("error"));
			}
			return received.getAsJsonObject("result");
		} catch (InterruptedException | ExecutionException | TimeoutException e) {
			throw new IllegalStateException("no answer to " + method, e);
		}
	}

	/** Addresses that pages asked for, since the last clear. */
	List<String> requests() {
		return requests;
	}

	/** Exceptions and error messages of pages, since the last clear. */
	List<String> errors() {
		return errors;
	}

	@Override
	public void close() {
		process.descendants().forEach(ProcessHandle::destroy);
		process.destroy();
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly().waitFor();
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		client.shutdownNow();
		try (Stream<Path> files = Files.walk(profile)) {
			files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		} catch (IOException | UncheckedIOException e) {
			profile.toFile().deleteOnExit();
		}
	}

	private final class Listener implements WebSocket.Listener {
		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean end) {
			text.append(data);
			if (end) {
				JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
				text.setLength(0);
				if (message.has("id")) {
					answers.remove(message.get("id").getAsInt()).complete(message);
				} else {
					event(message.get("method").getAsString(), message.getAsJsonObject("params"));
				}
			}
			webSocket.request(1);
			return null;
		}

		private void event(String method, JsonObject parameters) {
			switch (method) {
			case "Page.loadEventFired" -> loaded.complete(null);
			case "Network.requestWillBeSent" -> requests.add(parameters.getAsJsonObject("request").get("url").getAsString());
			case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
			case "Runtime.consoleAPICalled" -> {
				if (parameters.get("type").getAsString().equals("error")) {
					errors.add(parameters.toString());
				}
			}
			default -> {
			}
			}
		}
	}
}
