package org.pipeorgan.engine.exploration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The points that no other point dominates: none is as good in every goal and better in one. Of points that are equal in all goals each is kept. */
public final class Front {
	/**
	 * A point with what it reached.
	 *
	 * @param point number in the space
	 * @param goals what it reached, each to be small: a goal that asks for much has its sign turned
	 */
	public record Member(long point, double[] goals) {
	}

	private List<Member> members = new ArrayList<>();

	/** Adds a point unless it is dominated; drops those that it dominates. @return whether it was added */
	public boolean add(long point, double[] goals) {
		for (int i = 0; i < members.size(); i++) {
			if (dominates(members.get(i).goals(), goals)) {
				// what dominates one point is likely to dominate the next
				members.set(i, members.set(0, members.get(i)));
				return false;
			}
		}
		members.removeIf(member -> dominates(goals, member.goals()));
		members.add(new Member(point, goals));
		return true;
	}

	/** The points of the front, by their numbers. */
	public List<Member> members() {
		return members.stream().sorted(Comparator.comparingLong(Member::point)).toList();
	}

	/** Whether the first is as small in every goal and smaller in one. */
	public static boolean dominates(double[] first, double[] second) {
		boolean smaller = false;
		for (int i = 0; i < first.length; i++) {
			if (first[i] > second[i]) {
				return false;
			}
			smaller |= first[i] < second[i];
		}
		return smaller;
	}
}
