import type { SpecimenRoutes } from "../../../core/api/laboratories.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import {
	NEAREST_LABORATORIES,
	type SpecimenReading,
} from "../query/laboratories.ts";
import { AllocationSolver } from "./solver.ts";

/** Sends specimens to laboratories in the solver's thread. */
export interface SpecimenRouter {
	/** @throws CallStopped when whoever asked wants it no more */
	route(
		reading: SpecimenReading,
		signal: AbortSignal,
	): Promise<Omit<SpecimenRoutes, "area" | "day">>;
	close(): Promise<void>;
}

export function createSpecimenRouter(): SpecimenRouter {
	const solver = new AllocationSolver();
	return {
		async route(reading, signal) {
			const { facilities, kilometres, routing, ...counts } = reading;
			// An area without laboratories is no program.
			if (facilities.length === 0)
				return {
					specimens: 0,
					testedWhereTheyAre: 0,
					sent: 0,
					untested: 0,
					specimenKilometres: 0,
					routes: [],
					left: [],
					wouldTestMore: [],
					...counts,
					nearest: NEAREST_LABORATORIES,
				};
			const running = solver.specimens(routing);
			const stop = () => running.cancel();
			signal.addEventListener("abort", stop);
			const routed = await running.result
				.catch((error: Error) => {
					throw signal.aborted ? new CallStopped("routing") : error;
				})
				.finally(() => signal.removeEventListener("abort", stop));
			if (routed.status !== "optimal")
				throw new Error(`specimens were not routed: ${routed.status}`);
			const idOf = (row: number) => facilities[row] as number;
			const routes = routed.routes
				.filter(({ site, laboratory }) => site !== laboratory)
				.map(({ site, laboratory, specimens }) => ({
					from: idOf(site),
					to: idOf(laboratory),
					specimens,
					kilometres: kilometres[site]?.[laboratory] as number,
				}))
				.sort((a, b) => b.specimens - a.specimens || a.from - b.from);
			const sum = (values: readonly number[]) =>
				values.reduce((all, value) => all + value, 0);
			const untested = sum(routed.untested);
			const specimens = sum(routing.sites.map((site) => site.specimens));
			const sent = sum(routes.map((route) => route.specimens));
			return {
				specimens,
				testedWhereTheyAre: specimens - untested - sent,
				sent,
				untested,
				specimenKilometres: sum(
					routes.map((route) => route.specimens * route.kilometres),
				),
				routes,
				left: routed.untested.flatMap((left, row) =>
					left > 1e-6 ? [{ facility: idOf(row), specimens: left }] : [],
				),
				wouldTestMore: routed.oneMoreTested.flatMap((more, row) =>
					more ? [idOf(row)] : [],
				),
				...counts,
				nearest: NEAREST_LABORATORIES,
			};
		},
		close: () => solver.close(),
	};
}
