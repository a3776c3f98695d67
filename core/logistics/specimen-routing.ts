/**
 * Which laboratory gets whose specimens: a transport program. As many specimens as can be tested in time are sent;
 * among those plans the one with the least travel.
 */

import {
	type LinearProgram,
	LinearProgramBuilder,
} from "./allocation/linear-program.ts";
import type { OpenSession, SolveStatus } from "./allocation/solver.ts";
import { requireQuantity } from "./quantity.ts";

export interface SpecimenRouting {
	/** Specimens of a day at each site. */
	sites: readonly { id: string; specimens: number; priority?: number }[];
	/** Specimens a day each laboratory can still take. */
	laboratories: readonly { id: string; capacity: number; waitHours?: number }[];
	/** sites x laboratories; Infinity where there is no way. */
	travelHours: readonly (readonly number[])[];
	/** Longest time from site to result that is of use, waiting included; absent: any. */
	maxHours?: number;
}

export interface RoutedSpecimens {
	status: SolveStatus;
	routes: { site: number; laboratory: number; specimens: number }[];
	/** Specimens that no laboratory can take, by site. */
	untested: number[];
	/** Sum of specimens times hours of travel. */
	specimenHours: number;
	/** One more test a day at each laboratory saves this much (weighted untested specimens, and hours). */
	laboratoryValue: number[];
	/** Whether one more test a day at each laboratory would test one specimen more, and not only spare a way. */
	oneMoreTested: boolean[];
}

/** The program: routes first, then untested specimens. */
export function buildSpecimenRouting(routing: SpecimenRouting): {
	program: LinearProgram;
	routes: { site: number; laboratory: number; hours: number }[];
	/** What a specimen that is not tested weighs in the program. */
	leftOut: number;
} {
	const builder = new LinearProgramBuilder();
	routing.sites.forEach((site, index) => {
		requireQuantity(`sites[${index}].specimens`, site.specimens);
		requireQuantity(`sites[${index}].priority`, site.priority ?? 0, 1e6);
		builder.row(site.specimens, site.specimens);
	});
	routing.laboratories.forEach((lab, index) => {
		if (Number.isNaN(lab.capacity) || lab.capacity < 0)
			throw new RangeError(
				`laboratories[${index}].capacity: found ${lab.capacity}, expected 0 or more`,
			);
		builder.row(Number.NEGATIVE_INFINITY, lab.capacity);
	});
	const routes: { site: number; laboratory: number; hours: number }[] = [];
	let longest = 0;
	routing.sites.forEach((_, site) => {
		routing.laboratories.forEach((lab, laboratory) => {
			const hours =
				routing.travelHours[site]?.[laboratory] ?? Number.POSITIVE_INFINITY;
			if (hours === Number.POSITIVE_INFINITY) return;
			requireQuantity(`travelHours[${site}][${laboratory}]`, hours, 1e6);
			if (
				routing.maxHours !== undefined &&
				hours + (lab.waitHours ?? 0) > routing.maxHours
			)
				return;
			longest = Math.max(longest, hours);
			routes.push({ site, laboratory, hours });
		});
	});
	for (const { site, laboratory, hours } of routes)
		builder.column(hours, 0, Number.POSITIVE_INFINITY, [
			site,
			1,
			routing.sites.length + laboratory,
			1,
		]);
	// A specimen left out costs more than any detour could save: a chain of swaps touches each site at most once.
	const leftOut = (longest + 1) * (routing.sites.length + 1);
	routing.sites.forEach((site, index) => {
		builder.column(
			leftOut * (1 + (site.priority ?? 0)),
			0,
			Number.POSITIVE_INFINITY,
			[index, 1],
		);
	});
	return { program: builder.build(), routes, leftOut };
}

/** Routes the specimens of a day. @throws RangeError */
export function routeSpecimens(
	routing: SpecimenRouting,
	open: OpenSession,
): RoutedSpecimens {
	const { program, routes, leftOut } = buildSpecimenRouting(routing);
	const session = open(program);
	try {
		const result = session.solve();
		if (!result.hasValues)
			return {
				status: result.status,
				routes: [],
				untested: routing.sites.map(({ specimens }) => specimens),
				specimenHours: 0,
				laboratoryValue: routing.laboratories.map(() => 0),
				oneMoreTested: routing.laboratories.map(() => false),
			};
		let specimenHours = 0;
		const sent = routes.flatMap(({ site, laboratory, hours }, column) => {
			const specimens = result.values[column];
			if (!(specimens > 1e-9)) return [];
			specimenHours += specimens * hours;
			return [{ site, laboratory, specimens }];
		});
		const laboratoryValue = routing.laboratories.map((_, laboratory) =>
			Math.max(0, -result.rowDuals[routing.sites.length + laboratory]),
		);
		return {
			status: result.status,
			routes: sent,
			untested: routing.sites.map((_, site) =>
				Math.max(0, result.values[routes.length + site]),
			),
			specimenHours,
			laboratoryValue,
			// A detour saved weighs little beside a specimen tested.
			oneMoreTested: laboratoryValue.map((value) => value > leftOut / 2),
		};
	} finally {
		session.dispose();
	}
}
