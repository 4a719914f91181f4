package org.pipeorgan.dsl.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.CounterpartTraffic;
import org.pipeorgan.engine.organization.Organization;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Feels an interconnect out. */
@Command(name = "noc", description = "Feel an interconnect out before writing a file: every PE of a stage sends one flit to the PE at the same "
		+ "relative position in the next stage's share, for all pairs of neighbouring stages at once.")
final class NocCommand implements Callable<Integer> {
	private static final Pattern ARRAY = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
	private static final int AMP_LENGTH = ExpressLinks.AUTOMATIC;
	private final Console console;
	@Option(names = "--array", paramLabel = "ROWSxCOLUMNS", required = true, description = "PE array, such as 32x32.")
	private String array;
	@Option(names = "--topology", paramLabel = "NAME", defaultValue = "mesh", description = "mesh, amp, torus, ring or flattened_butterfly; mesh if absent.")
	private String topology;
	@Option(names = "--express", paramLabel = "L", description = "Length of the long links of amp; chosen from the array if absent.")
	private Integer express;
	@Option(names = "--organization", paramLabel = "NAME", defaultValue = "blocked-1d", description = "blocked-1d, blocked-1d-columns, blocked-2d, striped, "
			+ "striped-columns or checkerboard; blocked-1d if absent.")
	private String organization;
	@Option(names = "--depth", paramLabel = "D", required = true, description = "Number of stages, at least 2.")
	private int depth;
	@Option(names = "--json", description = "Print JSON.")
	private boolean json;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	NocCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Matcher size = ARRAY.matcher(array);
		if (!size.matches()) {
			throw new UsageException("--array is '" + array + "'; write rows x columns without blanks, such as 32x32");
		}
		int rows = Integer.parseInt(size.group(1));
		int columns = Integer.parseInt(size.group(2));
		if (rows < 1 || columns < 1 || (long) rows * columns > Accelerator.MAX_PES) {
			throw new UsageException("--array is '" + array + "'; rows and columns must be at least 1, and at most " + Accelerator.MAX_PES + " PEs together");
		}
		LinkLoads loads;
		try {
			Network network = new Network(interconnect(), rows, columns);
			loads = CounterpartTraffic.of(network, organization(), depth);
		} catch (HardwareException e) {
			throw new UsageException(e.getMessage());
		} catch (IllegalArgumentException e) {
			throw new UsageException(e.getMessage());
		}
		print(loads);
		return ExitCode.DONE.code();
	}

	private void print(LinkLoads loads) {
		if (json) {
			JsonObject object = new JsonObject();
			object.addProperty("array", array);
			object.addProperty("topology", topology);
			object.addProperty("express", loads.network().interconnect().express().stream().mapToInt(e -> e.lengthOn(loads.network().columns())).max().orElse(0));
			object.addProperty("organization", organization);
			object.addProperty("depth", depth);
			object.addProperty("max_link_load", loads.maxRouterLoad());
			object.addProperty("mean_hops", loads.meanHops());
			console.out().println(new GsonBuilder().setPrettyPrinting().create().toJson(object));
		} else {
			console.out().println("max_link_load " + loads.maxRouterLoad());
			console.out().println("mean_hops " + number(loads.meanHops()));
		}
	}

	private static String number(double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.4f", value);
	}

	private Interconnect interconnect() {
		boolean amp = topology.equals("amp");
		Topology base = amp ? Topology.MESH : Arrays.stream(Topology.values()).filter(t -> t.keyword().equals(topology)).findFirst()
				.orElseThrow(() -> new UsageException("there is no topology '" + topology + "'; take mesh, amp, torus, ring or flattened_butterfly"));
		if (express != null && !amp) {
			throw new UsageException("--express is the length of amp's long links; write '--topology amp', or leave it out");
		}
		int length = !amp ? 0 : express == null ? AMP_LENGTH : express;
		if (amp && express != null && express < 2) {
			throw new UsageException("--express is " + express + "; it must be at least 2");
		}
		return new Interconnect(topology, base, length == 0 ? List.of() : List.of(ExpressLinks.every(length)), Rational.ONE, Rational.ONE, 1, true);
	}

	private Organization organization() {
		return Arrays.stream(Organization.values()).filter(o -> o.label().equals(organization)).findFirst()
				.orElseThrow(() -> new UsageException("there is no organization '" + organization + "'; take "
						+ Arrays.stream(Organization.values()).filter(Organization::forwards).map(Organization::label).collect(Collectors.joining(", "))));
	}
}
