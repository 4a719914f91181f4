package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.report.JsonReport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** {@code result.json} is what its JSON Schema says, no property more or less. */
class ResultSchemaTest {

	@Test
	void resultsFollowTheSchema() throws IOException {
		JsonObject schema;
		try (InputStream in = JsonReport.class.getResourceAsStream("result.schema.json")) {
			schema = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8)).getAsJsonObject();
		}
		assertEquals(List.of(), violations("result", JsonParser.parseString(JsonReport.write(Results.small())), schema));
		assertEquals(List.of(), violations("result", JsonParser.parseString(JsonReport.write(Results.infeasible("no room"))), schema));
		JsonObject broken = JsonParser.parseString(JsonReport.write(Results.small())).getAsJsonObject();
		broken.getAsJsonArray("runs").get(0).getAsJsonObject().remove("macs");
		broken.addProperty("objective", "speed");
		assertEquals(2, violations("result", broken, schema).size(), "the check itself finds what is wrong");
	}

	/** The part of JSON Schema that the file uses. */
	private static List<String> violations(String path, JsonElement value, JsonObject schema) {
		List<String> found = new ArrayList<>();
		if (schema.has("const") && !schema.get("const").equals(value)) {
			found.add(path + " is not " + schema.get("const"));
		}
		if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
			found.add(path + " is none of " + schema.get("enum"));
		}
		if (schema.has("type") && !hasType(value, schema.get("type"))) {
			found.add(path + " is not of type " + schema.get("type") + ": " + value);
			return found;
		}
		if (schema.has("minimum") && value.getAsDouble() < schema.get("minimum").getAsDouble()) {
			found.add(path + " is below " + schema.get("minimum"));
		}
		if (schema.has("maximum") && value.getAsDouble() > schema.get("maximum").getAsDouble()) {
			found.add(path + " is above " + schema.get("maximum"));
		}
		if (schema.has("items")) {
			for (int i = 0; i < value.getAsJsonArray().size(); i++) {
				found.addAll(violations(path + "[" + i + "]", value.getAsJsonArray().get(i), schema.getAsJsonObject("items")));
			}
		}
		if (value.isJsonObject()) {
			JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
			if (schema.has("required")) {
				schema.getAsJsonArray("required").forEach(name -> {
					if (!value.getAsJsonObject().has(name.getAsString())) {
						found.add(path + " lacks " + name);
					}
				});
			}
			for (Map.Entry<String, JsonElement> property : value.getAsJsonObject().entrySet()) {
				JsonElement of = properties.has(property.getKey()) ? properties.get(property.getKey()) : schema.get("additionalProperties");
				if (of == null) {
					found.add(path + "." + property.getKey() + " is not in the schema");
				} else {
					found.addAll(violations(path + "." + property.getKey(), property.getValue(), of.getAsJsonObject()));
				}
			}
		}
		return found;
	}

	private static boolean hasType(JsonElement value, JsonElement type) {
		if (type.isJsonArray()) {
			return type.getAsJsonArray().asList().stream().anyMatch(one -> hasType(value, one));
		}
		return switch (type.getAsString()) {
			case "object" -> value.isJsonObject();
			case "array" -> value.isJsonArray();
			case "null" -> value.isJsonNull();
			case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
			case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
			case "number" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
			case "integer" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() && value.getAsDouble() == Math.rint(value.getAsDouble());
			default -> throw new AssertionError("the check does not know type " + type);
		};
	}
}
