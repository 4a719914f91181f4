package org.pipeorgan.dsl.translation;

import org.pipeorgan.dsl.pipeorgan.Granularity;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.GranularityClass;

/** The language's choices as the engine's. */
final class Enums {
	private Enums() {
	}

	static OrderClass of(org.pipeorgan.dsl.pipeorgan.OrderClass order) {
		return switch (order) {
		case ACTIVATION_OUTER -> OrderClass.ACTIVATION_OUTER;
		case WEIGHT_OUTER -> OrderClass.WEIGHT_OUTER;
		};
	}

	static Organization of(org.pipeorgan.dsl.pipeorgan.Organization organization) {
		return switch (organization) {
		case BLOCKED_1D -> Organization.BLOCKED_ROWS;
		case BLOCKED_1D_COLUMNS -> Organization.BLOCKED_COLUMNS;
		case BLOCKED_2D -> Organization.BLOCKED_2D;
		case STRIPED -> Organization.STRIPED_ROWS;
		case STRIPED_COLUMNS -> Organization.STRIPED_COLUMNS;
		case CHECKERBOARD -> Organization.CHECKERBOARD;
		case THROUGH_BUFFER -> Organization.THROUGH_BUFFER;
		case TURN_TAKING -> Organization.TURN_TAKING;
		};
	}

	static WeightLevel of(org.pipeorgan.dsl.pipeorgan.WeightLevel level) {
		return switch (level) {
		case REGISTERS -> WeightLevel.REGISTERS;
		case BUFFER -> WeightLevel.BUFFER;
		case REGISTERS_OR_MEMORY -> WeightLevel.REGISTERS_OR_MEMORY;
		case MEMORY -> WeightLevel.MEMORY;
		};
	}

	static GranularityClass of(Granularity granularity) {
		return switch (granularity) {
		case TENSOR -> GranularityClass.TENSOR;
		case CHANNELS -> GranularityClass.CHANNELS;
		case ROWS -> GranularityClass.ROWS;
		case PIXELS -> GranularityClass.PIXELS;
		};
	}
}
