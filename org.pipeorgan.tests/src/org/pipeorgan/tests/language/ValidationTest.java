package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipeorgan.dsl.validation.IssueCode;

class ValidationTest {
	/**
	 * A file with one problem.
	 *
	 * @param code    what is reported
	 * @param text    the file; the place that is reported stands between {@code <<} and {@code >>}
	 * @param message a part of the message
	 */
	record Case(IssueCode code, String text, String message) {
		String source() {
			return text.replace("<<", "").replace(">>", "");
		}

		int offset() {
			return text.indexOf("<<");
		}

		int length() {
			return text.indexOf(">>") - text.indexOf("<<") - 2;
		}
	}

	private static final String ACCELERATOR = "accelerator A { clock 1 GHz array 4 x 4 { registers 64 B } buffer 1 KiB at 8 B/cycle memory 1 GB/s }";

	static Stream<Case> cases() {
		return Stream.of(
				new Case(IssueCode.SYNTAX_ERROR, "workload T { input i [C 1] <<}>> y = }", "'y'"),
				new Case(IssueCode.SYNTAX_ERROR, "accelerator A { clock 1 GHz array 32<<x16>> { registers 64 B } buffer 1 KiB at 8 B/cycle memory 1 GB/s }",
						"unexpected 'x16'; write the extents with blanks between, such as '32 x 16'"),
				new Case(IssueCode.NUMBER_OUT_OF_RANGE, workload("y = linear(i) K <<99999999999999999999>>"), "too large"),
				new Case(IssueCode.UNRESOLVED_NAME, workload("y = relu(<<ii>>)"), "did you mean 'i'?"),
				new Case(IssueCode.UNRESOLVED_NAME, accelerator("1 GB/s", "1 GB / <<s>>"), "without blanks, such as 'GB/s'"),
				new Case(IssueCode.SYNTAX_ERROR, "param a = 1 param b = <<a/a>>", "put blanks around a '/' that divides: 'a / a'"),
				new Case(IssueCode.UNRESOLVED_NAME, "policy p refines <<tangran>> { }", "did you mean 'tangram'?"),
				new Case(IssueCode.UNRESOLVED_IMPORT, "import <<library.nothing.*>>", "nothing below 'library.nothing'"),
				new Case(IssueCode.UNRESOLVED_IMPORT, "import <<\"missing.pog\">>", "missing.pog"),
				new Case(IssueCode.DUPLICATE_NAME, workload("y = relu(i) <<y>> = relu(i)"), "already a value 'y' in line 1"),
				new Case(IssueCode.DUPLICATE_NAME, "policy p refines tangram { } policy <<p>> refines tangram { }", "already a policy 'p'"),
				new Case(IssueCode.MISSING_UNIT, accelerator("clock 1 GHz", "clock <<1>>"), "write, for example, '1 GHz'"),
				new Case(IssueCode.UNKNOWN_UNIT, accelerator("1 KiB", "1 <<kib>>"), "did you mean 'KiB'?"),
				new Case(IssueCode.WRONG_DIMENSION, accelerator("1 GB/s", "1 <<GB>>"), "but 1 GB is a size"),
				new Case(IssueCode.WRONG_DIMENSION, accelerator("clock 1 GHz", "clock 1 <<ns>>"), "the clock is a frequency, but 1 ns is a time"),
				new Case(IssueCode.NON_POSITIVE_VALUE, accelerator("1 KiB", "<<0>> KiB"), "the buffer is 0 KiB"),
				new Case(IssueCode.NON_POSITIVE_VALUE, accelerator("4 x 4", "4 x <<0>>"), "PE columns is 0"),
				new Case(IssueCode.NON_POSITIVE_VALUE, workload("y = linear(i) K <<-3>>"), "K is -3"),
				new Case(IssueCode.NON_POSITIVE_VALUE, workload("y = maxpool(i) R 2 S 2 stride <<0>>"), "stride is 0"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, workload("y = slice(i) <<C 2 .. 9>>"), "channels 2 .. 9"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "policy p refines tangram { depth <<3>> }", "depth 3 is not possible for tangram"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "interconnect n { topology torus <<express every 4>> link 8 B/cycle }".replace("<<express every 4>>", "express <<every 4>>"),
						"long links belong to a mesh"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "interconnect n { express <<every 4 step 0>> link 8 B/cycle }", "step 1 to 1024"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, workload("y = relu(i) precision <<99>> bit"), "between 1 and 64"),
				new Case(IssueCode.USED_BEFORE_DEFINITION, workload("y = relu(<<z>>) z = relu(i)"), "'y' reads 'z' before line 1"),
				new Case(IssueCode.USED_BEFORE_DEFINITION, workload("y = add(i, <<y>>)"), "reads itself"),
				new Case(IssueCode.DUPLICATE_OPTION, workload("y = linear(i) K 3 <<K 4>>"), "'K' is written twice"),
				new Case(IssueCode.DUPLICATE_OPTION, accelerator("clock 1 GHz", "clock 2 GHz clock <<1 GHz>>").replace("clock 2 GHz clock <<1 GHz>>", "clock <<2 GHz>> clock 1 GHz"),
						"'clock' is written 2 times"),
				new Case(IssueCode.UNEXPECTED_OPTION, workload("y = relu(i) <<stride 2>>"), "relu takes no 'stride'; it takes precision"),
				new Case(IssueCode.UNEXPECTED_OPTION, workload("y = softmax(i) over <<W>>"), "'over W' is not possible"),
				new Case(IssueCode.MISSING_OPTION, workload("<<y>> = linear(i)"), "linear needs 'K'"),
				new Case(IssueCode.MISSING_OPTION, workload("<<y>> = resize(i)"), "'scale' or 'to'"),
				new Case(IssueCode.MISSING_OPTION, "interconnect <<n>> { topology mesh }", "link 8 B/cycle"),
				new Case(IssueCode.MISSING_OPTION, "policy <<p>> { depth 1 }", "refines pipeorgan"),
				new Case(IssueCode.OPERAND_COUNT, workload("y = add(<<i>>)"), "add takes at least 2 operands, not 1"),
				new Case(IssueCode.CONFLICTING_OPTIONS, workload("<<y>> = resize(i) scale 2 to 8 x 8"), "not both"),
				new Case(IssueCode.CONFLICTING_OPTIONS, "policy p refines tangram { strategy <<pipeorgan>> }", "remove 'strategy' or 'refines'"),
				new Case(IssueCode.SHAPE_MISMATCH, workload("a = conv(i) K 4 R 3 S 3 y = add(<<a>>, i)"), "disagree on H"),
				new Case(IssueCode.SHAPE_MISMATCH, workload("y = reshape(i) <<[C 5]>>"), "keeps the number of elements"),
				new Case(IssueCode.EMPTY_WORKLOAD, "workload <<T>> { input i [C 1] }", "has no operator"),
				new Case(IssueCode.CONFLICTING_OPTIONS, accelerator("at 8 B/cycle", "at <<8 B/cycle>> writes 8 B/cycle"), "the 8 B/cycle of 'at', or have"),
				new Case(IssueCode.MISSING_OPTION, accelerator("at 8 B/cycle", "reads <<8 B/cycle>> banks 2"), "'writes 128 B/cycle'"),
				new Case(IssueCode.NON_POSITIVE_VALUE, accelerator("at 8 B/cycle", "at 8 B/cycle banks <<0>>"), "the number of banks is 0"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, accelerator("buffer 1 KiB at 8 B/cycle", "buffer <<1 KiB at 8 B/cycle banks 3>>"), "a buffer of 1024 B has no 3 banks"),
				new Case(IssueCode.SUSPICIOUS_VALUE, accelerator("1 GB/s", "<<1 kB/s>>"), "the memory's bandwidth is 1 kB/s; usual are 10 to 100000000 MB/s"),
				new Case(IssueCode.SUSPICIOUS_VALUE, accelerator("clock 1 GHz", "clock <<2 * 300 kHz>>").replace("8 B/cycle", "8000 B/cycle"), "the clock is 2 * 300 kHz = 600 kHz"),
				new Case(IssueCode.UNUSABLE_BANDWIDTH, accelerator("1 GB/s", "<<16 GB/s>>"), "the memory delivers 16 B/cycle, but the buffer takes in 8 B/cycle"),
				new Case(IssueCode.UNUSABLE_BANDWIDTH, study("map T on A with <<n>> policies tangram").replace("at 8 B/cycle", "at 32 B/cycle")
						+ " interconnect n { link 4 B/cycle shared distribution }", "has 32 B/cycle, but its 4 ports on 'n' carry 16 B/cycle together"),
				new Case(IssueCode.UNREACHABLE_LINKS, study("map T on A with mesh, <<n>> policies tangram") + " interconnect n refines amp { express every 2, every 4 }",
						"no route takes the long links of 'n' that span 4 routers"),
				new Case(IssueCode.TIGHT_BUFFER, study("map T, <<Big>> on A with mesh policies tangram") + " workload Big { input i [C 4000, H 8, W 8] y = conv(i) K 8 R 3 S 3 }",
						"operator 'y' of workload 'Big' needs at least"),
				new Case(IssueCode.UNFIT_MAPPING, mapped("segment { operators <<a>> .. c chunks 8 organization striped operator a { share 6 } operator b { share 4 } operator c { share 4 } }"),
						"the share of 'a' is 6 PEs, but organization striped hands the 4 x 4 array of 'A' out in units of 4; take a multiple"),
				new Case(IssueCode.EXCESS_CHUNKS, mapped("segment { operators a .. c chunks <<65>> }"), "65 chunks, but the largest output of the segment has 64 rows times columns"),
				new Case(IssueCode.EXCESS_CHUNKS, mapped("segment { operators a .. c order weight_outer chunks <<5>> }"), "has 4 channels"),
				new Case(IssueCode.UNUSED_PARAMETER, "block b(x) { param <<k>> = 1 y = relu(x) }", "nothing is computed from parameter 'k'"),
				new Case(IssueCode.UNUSED_VALUE, workload("input <<j>> [C 1] y = relu(i)"), "no operator reads input 'j'"),
				new Case(IssueCode.UNUSED_VALUE, "block b(x) { <<y>> = relu(x) z = relu(x) }", "neither read nor a result"),
				new Case(IssueCode.UNUSED_IMPORT, "import <<library.classic.*>> policy p refines tangram { }", "nothing of 'library.classic.*' is used"),
				new Case(IssueCode.UNUSED_DECLARATION, study("map T on A with mesh policies tangram") + " policy <<p>> refines tangram { }", "nothing in this file uses policy 'p'"),
				new Case(IssueCode.UNUSED_DECLARATION, workload("y = relu(i)") + " block <<b>>(x) { z = conv(x) K 8 R 9 S 9 }", "nothing in this file uses block 'b'; its shapes are not checked until a workload does"),
				new Case(IssueCode.MISSING_INTERCONNECT, study("map T on <<A>> policies tangram"), "names no interconnect"),
				new Case(IssueCode.INVALID_BASELINE, study("map T on A with mesh policies tangram as baseline on <<amp>>"), "nothing is mapped with 'amp'"),
				new Case(IssueCode.INVALID_BASELINE, study("map T on A with mesh policies tangram as baseline, pipeorgan <<as>> baseline"), "one baseline"),
				new Case(IssueCode.INVALID_BASELINE, study("map T on A with mesh policies tangram <<as>> baseline vary buffer.size in 1 KiB"), "compared by their front"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary buffer.size in <<1>> KiB .. 8 KiB"), "'step 1 KiB' or 'times 2'"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary array.rows in 8 .. <<4>>"), "from 8 down to 4"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary array.rows in 2 .. 8 times <<1>>"), "never reach 8"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary array.rows in 2, 4, <<2>>"), "'2' is there twice"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary array in <<4>>"), "takes shapes"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary <<array.pes>> in 4"), "follows from 'array.rows'"),
				new Case(IssueCode.INVALID_VARIATION, sweep("vary <<policy>> in tangram"), "behind 'policies'"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary <<array.row>> in 4"), "did you mean 'array.rows'?"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary interconnect.topology in mesh, <<tours>>"), "it may be mesh, torus"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary array.rows in 4 where <<arrey.rows>> < 4"), "did you mean 'array.rows'?"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary array.rows in 4 where interconnect.topology == <<mash>>"), "is never 'mash'"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary array.rows in 4 where policy != <<tangra>>"), "'policy' is never 'tangra'"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary array.rows in 4 where <<latency>> < 10 cycle"), "'pipeorgan query --where'"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, sweep("vary array.rows in 4 .. 6 step <<1/2>>"), "cannot be 4.5; take whole numbers"),
				new Case(IssueCode.UNRESOLVED_NAME, sweep("vary array.rows in 4 minimize <<speed>>"), "nothing is called 'speed'"),
				new Case(IssueCode.MISSING_UNIT, sweep("vary buffer.size in <<1>>"), "1 has no unit"),
				new Case(IssueCode.WRONG_DIMENSION, sweep("vary buffer.size in 1 KiB where buffer.size < <<4>>"), "is a size, but '4' is a plain number"),
				new Case(IssueCode.WRONG_DIMENSION, sweep("vary buffer.size in 1 KiB .. 2 KiB step 1 <<ns>>"), "the step is a time"),
				new Case(IssueCode.WRONG_DIMENSION, sweep("vary buffer.size in 1 KiB minimize <<latency + energy>>"), "mixes a number of cycles and a energy"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, sweep("vary array.rows in <<2.5>>"), "take whole numbers"),
				new Case(IssueCode.DUPLICATE_OPTION, sweep("vary array.rows in 4 vary <<array.rows>> in 8"), "varies already"),
				new Case(IssueCode.CONFLICTING_OPTIONS, sweep("vary array in 4 x 4 vary <<array.rows>> in 8"), "remove one of them"),
				new Case(IssueCode.CONFLICTING_OPTIONS, sweep("vary array.rows in 4 write <<timeloop>>"), "but not timeloop"),
				new Case(IssueCode.CONFLICTING_OPTIONS, sweep("vary array.rows in 4 <<simulate>>"), "are not simulated"),
				new Case(IssueCode.MISSING_OPTION, sweep("where <<array.rows < 4>>"), "but nothing varies"),
				new Case(IssueCode.INVALID_SAMPLING, sweep("vary array.rows in 4 sample <<random>> seed 1"), "'sample random 1000 seed 1'"),
				new Case(IssueCode.INVALID_SAMPLING, sweep("vary array.rows in 4 sample <<grid>> 10"), "a grid has all points"),
				new Case(IssueCode.DUPLICATE_OPTION, "interconnect n { link 8 B/cycle shared distribution ports west, <<west>> }", "'west' is written twice"),
				new Case(IssueCode.NON_POSITIVE_VALUE, "interconnect n { link 8 B/cycle shared distribution ports west every <<0>> }", "between the buffer's ports is 0"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "interconnect n { link 8 B/cycle shared distribution ports <<west>> every 2000 }", "every 2000 routers; it must be 1 to 1024"),
				new Case(IssueCode.REFINEMENT_CYCLE, "policy p refines <<p>> { }", "refining itself"),
				new Case(IssueCode.REFINEMENT_CYCLE, ACCELERATOR.replace("A {", "A refines <<A>> {"), "describe one of the chain in full"),
				new Case(IssueCode.PARAMETER_CYCLE, "param p = <<p + 1>>", "computed from itself"),
				new Case(IssueCode.BLOCK_CYCLE, "block b(x) { y = <<b>>(x) }", "ends up using itself"),
				new Case(IssueCode.NUMBER_OUT_OF_RANGE, "param p = <<4000000000 * 4000000000>>", "too large or too fine"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "param z = 2 - 2 param p = 1 / <<z>>", "'z' is 0"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, workload("y = linear(i) K <<5 / 2>>"), "5 / 2 is not a whole number; it is 2.5. Use floor(...)"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, accelerator("64 B }", "<<63 bit>> }"), "63 bit is not a whole number of B"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "block b(x) { y = relu(x) } " + workload("y = b(i) <<repeat>> 200000").replace("<<repeat>> 200000", "repeat <<200000>>"),
						"more than 100000 operators"),
				new Case(IssueCode.NON_POSITIVE_VALUE, "param n = 1 - 2 " + workload("y = linear(i) K <<2 * n>>"), "K is 2 * n = -2; it must be at least 1"),
				new Case(IssueCode.MISSING_UNIT, "param b = 1024 " + accelerator("1 KiB", "<<2 * b>>"), "the buffer is 2 * b = 2048 without a unit"),
				new Case(IssueCode.MISSING_UNIT, "param p = <<1 KiB + 1>>", "mixes a size, 1 KiB, and a plain number, 1; give both a unit"),
				new Case(IssueCode.UNKNOWN_UNIT, "param n = 2 param p = 64 <<GB/n>>", "put blanks around the slash: '64 GB / n'"),
				new Case(IssueCode.WRONG_DIMENSION, "param p = 2 * (<<1 KiB + 3 ns>>)", "mixes a size, 1 KiB, and a time, 3 ns"),
				new Case(IssueCode.WRONG_DIMENSION, "param f = 1 GHz " + accelerator("1 KiB", "<<f * 2 cycle>>"), "the buffer is a size, but f * 2 cycle"),
				new Case(IssueCode.WRONG_DIMENSION, workload("y = linear(i) K (3 <<KiB>>)"), "K is a plain number, but (3 KiB) is a size"),
				new Case(IssueCode.WRONG_DIMENSION, "param p = <<ceil(3 ns)>>", "'ceil' rounds a plain number"),
				new Case(IssueCode.OPERAND_COUNT, "param p = <<floor(1, 2)>>", "'floor' takes 1 number, not 2"),
				new Case(IssueCode.OPERAND_COUNT, "block b(x, y) { z = add(x, y) } " + workload("y = b(<<i>>)"), "block 'b' reads 2 values (x, y), not 1"),
				new Case(IssueCode.OPERAND_COUNT, "block b(x) { y = relu(x) z = relu(x) output y output z } " + workload("<<y>> = b(i)"), "write, for example, '[y, z] = b(...)'"),
				new Case(IssueCode.MISSING_OPTION, "block b(x) { param k y = linear(x) K k } " + workload("y = <<b>>(i)"), "needs 'k'"),
				new Case(IssueCode.MISSING_OPTION, accelerator("registers 64 B", "macs 2").replace("array 4", "array <<4>>"),
						"register file is missing"),
				new Case(IssueCode.DUPLICATE_OPTION, "block b(x) { param k = 1 y = linear(x) K k } " + workload("y = b(i, k = 2, <<k = 3>>)"), "'k' is given twice"),
				new Case(IssueCode.DUPLICATE_NAME, "param k = 1 param <<k>> = 1", "already a parameter 'k'"),
				new Case(IssueCode.EMPTY_WORKLOAD, "block <<b>>(x) { }", "block 'b' has no operator"),
				new Case(IssueCode.USED_BEFORE_DEFINITION, "block b(x) { y = relu(x) } " + workload("y = b(<<z>>) z = relu(i)"), "'y' reads 'z' before line 1"),
				new Case(IssueCode.UNRESOLVED_NAME, "block b(x) { y = relu(x) } " + workload("y = b(i, <<k>> = 2)"), "no parameter 'k'"),
				new Case(IssueCode.SHAPE_MISMATCH, "block b(x) { y = conv(x) K 4 R 3 S 3 z = add(x, y) } " + workload("y = <<b>>(i)"), "block 'b', line 1: 'z': "),
				new Case(IssueCode.SHAPE_MISMATCH, "block b(x) { y = conv(x) K 4 R 3 S 3 } " + workload("y = <<b>>(i) repeat 9"), "block 'b', line 1: 'y': "),
				new Case(IssueCode.NON_POSITIVE_VALUE, "block b(x) { param k y = linear(x) K k } " + workload("y = <<b>>(i, k = 1 - 1)"), "block 'b', line 1: K is k = 0"),
				new Case(IssueCode.NON_POSITIVE_VALUE, ACCELERATOR.replace("{ clock", "{ param n = 4 clock").replace("4 x 4", "n x n") + " accelerator <<B>> refines A { param n = 0 }",
						"the number of PE rows is n = 0"),
				new Case(IssueCode.UNEXPECTED_OPTION, "policy p refines tangram { <<segment { operators a chunks 1 }>> }".replace("<<segment {", "segment <<{"),
						"'tangram' searches its own"),
				new Case(IssueCode.UNEXPECTED_OPTION, "policy p { strategy fixed depth <<2>> segment { operators a chunks 1 } }", "as deep as its segments"),
				new Case(IssueCode.UNEXPECTED_OPTION, fixed("operators a chunks 1 organization <<striped>>"), "an operator alone has the whole array"),
				new Case(IssueCode.MISSING_OPTION, "policy <<p>> { strategy fixed }", "the mapping of a fixed policy is missing"),
				new Case(IssueCode.MISSING_OPTION, fixed("operators <<a>>"), "the number of chunks is missing"),
				new Case(IssueCode.MISSING_OPTION, "policy p { strategy fixed segment <<{ chunks 2 }>> }", "the operators of the segment are missing"),
				new Case(IssueCode.DUPLICATE_OPTION, fixed("operators a chunks <<1>> chunks 2"), "'chunks' is written 2 times"),
				new Case(IssueCode.DUPLICATE_OPTION, fixed("operators <<a>> operators b chunks 2"), "'operators' is written 2 times"),
				new Case(IssueCode.NON_POSITIVE_VALUE, fixed("operators a chunks <<0>>"), "chunks is 0"),
				new Case(IssueCode.CONFLICTING_OPTIONS, "policy p { strategy fixed restrict unicast, <<no_residence>> segment { operators a chunks 1 keep a } }", "keep nothing"),
				new Case(IssueCode.CONFLICTING_OPTIONS, "policy p { strategy fixed restrict no_residence segment { operators a chunks 1 } } "
						+ "policy q refines p { segment { operators a chunks 1 keep <<a>> } }", "keep nothing"),
				new Case(IssueCode.UNRESOLVED_NAME, mapped("segment { operators a .. <<bb>> chunks 1 } segment { operators c chunks 1 }"), "workload 'T' has no operator 'bb'"),
				new Case(IssueCode.UNRESOLVED_NAME, mapped("segment { operators <<i>> .. c chunks 1 }"), "it is an input"),
				new Case(IssueCode.UNRESOLVED_NAME, mapped("segment { operators a chunks 1 keep a, <<d>> } segment { operators b .. c chunks 1 }"), "has no tensor 'd'"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators a .. <<b>> chunks 1 }"), "operator 'c' of workload 'T' is in no segment, behind 'b'"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators <<a>> chunks 1 }"), "2 operators 'b' .. 'c' of workload 'T' are in no segment"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators <<b>> .. c chunks 1 }"), "before 'b'; the segments cover all operators, in file order"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators b .. <<a>> chunks 1 }"), "write 'a .. b'"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators a .. b chunks 1 } segment { operators <<b>> .. c chunks 1 }"), "is in an earlier segment already"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, "policy <<p>> refines layer_by_layer { restrict paired }", "restricted to pairs, but allows a depth of 1"),
				new Case(IssueCode.UNEXPECTED_OPTION, fixed("operators a chunks 1 operator a { tile P 2 <<C>> 4 }"), "which has the loops K, P and Q"),
				new Case(IssueCode.DUPLICATE_OPTION, fixed("operators a chunks 1 operator a { split P 2 K 2 <<P>> 4 }"), "'P' is written twice"),
				new Case(IssueCode.DUPLICATE_OPTION, fixed("operators a chunks 1 operator a { share <<4>> share 8 }"), "'share' is written 2 times"),
				new Case(IssueCode.MISSING_OPTION, fixed("operators a chunks 1 operator <<a>> { }"), "nothing is said about operator 'a'"),
				new Case(IssueCode.NON_POSITIVE_VALUE, fixed("operators a chunks 1 operator a { tile P <<0>> }"), "P is 0"),
				new Case(IssueCode.UNRESOLVED_NAME, mapped("segment { operators a .. c chunks 1 operator <<d>> { share 4 } }"), "has no operator 'd'"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators a .. b chunks 1 operator <<c>> { tile P 2 } } segment { operators c chunks 1 }"), "'c' is in another segment"),
				new Case(IssueCode.INCOMPLETE_MAPPING, mapped("segment { operators a .. c chunks 1 operator a { tile P 2 } operator <<a>> { split K 2 } }"), "'a' is written twice"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, mapped("segment { operators a .. c chunks 1 operator a { tile <<P 9>> } }"), "has P 9, but its result in workload 'T' has P 8"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, mapped("segment { operators a .. c chunks 1 operator a { split <<K 5>> } }"), "split into K 5, but there are 4 channels of its tile"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, mapped("segment { operators a .. c chunks 1 operator a { split <<P 5>> } }"), "8 rows of its tile give only 4 such parts; write 'P 4'"),
				new Case(IssueCode.VALUE_OUT_OF_RANGE, mapped("segment { operators a .. c chunks 1 operator a { split <<C 2>> } }"), "write 'C 1'"),
				new Case(IssueCode.CONFLICTING_OPTIONS, mapped("segment { operators a .. c chunks 1 operator a { share <<4>> } }"), "1 of the 3 operators of the segment have a share"),
				new Case(IssueCode.CONFLICTING_OPTIONS, mapped("segment { operators a .. b chunks 1 organization turn-taking operator a { share <<4>> } } segment { operators c chunks 1 }"), "each operator has the whole array"),
				new Case(IssueCode.INVALID_RESIDENCE, mapped("segment { operators a .. b chunks 1 keep b, <<a>> } segment { operators c chunks 1 }"), "no later segment reads 'a'"),
				new Case(IssueCode.INVALID_RESIDENCE, mapped("segment { operators a .. b chunks 1 } segment { operators c chunks 1 keep <<b>> }"), "is made by another segment"),
				new Case(IssueCode.INVALID_RESIDENCE, mapped("segment { operators a .. b chunks 1 keep b, <<b>> } segment { operators c chunks 1 }"), "kept twice"),
				new Case(IssueCode.INFEASIBLE_MAPPING, study("map V on A with mesh policies p")
						+ " policy p { strategy fixed segment { operators a .. <<b>> chunks 1 } } workload V { input i [C 4, H 6, W 5] a = linear(i) K 8 r = reshape(a) [C 6, H 8, W 5] b = linear(r) K 3 }",
						"with its channels regrouped"),
				new Case(IssueCode.DUPLICATE_RUN, study("map T on A with mesh policies tangram, <<tangram>>"), "already in this study"),
				new Case(IssueCode.DUPLICATE_RUN, study("map <<T>> on A with mesh, mesh policies tangram"), "already in this study"));
	}

	private static String workload(String lines) {
		return "workload T { input i [C 4, H 8, W 8] " + lines + " }";
	}

	private static String accelerator(String part, String replacement) {
		assertTrue(ACCELERATOR.contains(part), part);
		return ACCELERATOR.replace(part, replacement);
	}

	private static String fixed(String lines) {
		return "policy p { strategy fixed segment { " + lines + " } }";
	}

	private static String mapped(String segments) {
		return workload("a = relu(i) b = relu(a) c = relu(b)") + " " + ACCELERATOR + " policy p { strategy fixed " + segments
				+ " } study s { map T on A with mesh policies p }";
	}

	private static String sweep(String lines) {
		return study("map T on A with mesh policies tangram " + lines);
	}

	private static String study(String lines) {
		return workload("y = relu(i)") + " " + ACCELERATOR + " study s { " + lines + " }";
	}

	@ParameterizedTest
	@MethodSource("cases")
	void reportsTheProblemWhereItIs(Case test) {
		List<Issue> issues = Pog.validate(test.source());
		List<Issue> found = issues.stream().filter(issue -> issue.getCode().equals(test.code().id()) && issue.getMessage().contains(test.message())).toList();
		assertEquals(1, found.size(), () -> test + " gave " + issues);
		if (test.code() != IssueCode.SYNTAX_ERROR) {
			List<Issue> others = issues.stream().filter(issue -> issue != found.get(0) && issue.getSeverity() != Severity.INFO).toList();
			assertEquals(List.of(), others);
			assertEquals(test.offset(), found.get(0).getOffset(), () -> "place of " + found);
			assertEquals(test.length(), found.get(0).getLength(), () -> "length of " + found);
		}
	}

	@Test
	void everyCodeHasACase() {
		Set<IssueCode> tested = cases().map(Case::code).collect(Collectors.toCollection(TreeSet::new));
		tested.add(IssueCode.INVALID_SETTINGS); // SettingsTest
		assertEquals(new TreeSet<>(Arrays.asList(IssueCode.values())), tested);
	}

	@Test
	void aSyntaxErrorIsToldOnce() {
		for (String text : List.of("accelerator A { clock 1 GHz array 4 x", "accelerator A { clock !", "workload T { input i [C 1] y = conv(", "block b(x) { y =", "interconnect n { topology",
				"policy p { strategy", "study s { map", "workload T { param k = 3 input i [C 4] y = linear(i) K k + }")) {
			List<Issue> issues = Pog.validate(text);
			assertEquals(List.of(IssueCode.SYNTAX_ERROR.id()), issues.stream().map(Issue::getCode).distinct().toList(), () -> text + " gave " + issues);
		}
	}

	@Test
	void anErrorIsReportedInATextThatEndsInACarriageReturn() {
		assertEquals(List.of(IssueCode.SYNTAX_ERROR.id()), Pog.validate("param p = 1\rparam q =\r").stream().map(Issue::getCode).toList());
	}

	@Test
	void surviveHalfTypedFiles() {
		List<String> texts = cases().map(Case::source).toList();
		for (int i = 0; i < texts.size(); i++) {
			for (int end = 1 + i % 17; end < texts.get(i).length(); end += 17) {
				Pog.validate(texts.get(i).substring(0, end));
			}
		}
	}
}
