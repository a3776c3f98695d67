import { config, type ZodType } from "zod";
import {
	ApiError,
	AreaRow,
	AreaTable,
	CubeHeader,
	Explanation,
	Freshness,
	GeographyInfo,
	Kpi,
	type Level,
	type Measure,
	Series,
	State,
} from "../../core/api/situation.ts";
import { type Day, isoFromDay } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import { type Cube, decodeCube } from "./cube.ts";
import type { ExplainedCell } from "./view-state.ts";

// The page runs under a policy without eval; zod would otherwise try to compile its parsers.
config({ jitless: true });

/** A refusal by the backend, with the code that the contract gives it; `unreachable` when there was no answer at all. */
export class BackendError extends Error {
	readonly code: string;
	readonly status: number;
	constructor(status: number, code: string, message: string) {
		super(message);
		this.name = "BackendError";
		this.status = status;
		this.code = code;
	}
}

async function request(path: string, signal?: AbortSignal): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(path, { signal });
	} catch (reason) {
		if (signal?.aborted) throw reason;
		throw new BackendError(0, "unreachable", String(reason));
	}
	if (response.ok) return response;
	const body: unknown = await response.json().catch(() => null);
	const refusal = ApiError.safeParse(body);
	throw refusal.success
		? new BackendError(response.status, refusal.data.code, refusal.data.message)
		: new BackendError(response.status, "http", response.statusText);
}

async function read<T>(
	schema: ZodType<T>,
	path: string,
	signal?: AbortSignal,
): Promise<T> {
	const response = await request(path, signal);
	return schema.parse(await response.json());
}

/** Writes a query string; days as ISO dates, absent values left out. */
function query(
	values: Record<string, string | number | null | undefined>,
): string {
	const parts = new URLSearchParams();
	for (const [key, value] of Object.entries(values))
		if (value !== null && value !== undefined) parts.set(key, String(value));
	return parts.toString();
}

const iso = (day: Day | null): string | null =>
	day === null ? null : isoFromDay(day);

export const api = {
	state: (signal?: AbortSignal) => read(State, "/api/state", signal),
	areas: (signal?: AbortSignal) => read(AreaRow.array(), "/api/areas", signal),
	geography: (signal?: AbortSignal) =>
		read(GeographyInfo, "/api/geography", signal),
	topology: async (version: string, signal?: AbortSignal) => {
		const response = await request(
			`/api/geography.topojson?${query({ v: version })}`,
			signal,
		);
		return response.json() as Promise<unknown>;
	},
	cube: async (
		asked: {
			indicator: IndicatorKey;
			measure: Measure;
			level: Level;
			asKnown: Day | null;
		},
		signal?: AbortSignal,
	): Promise<Cube> => {
		const response = await request(
			`/api/cube?${query({ indicator: asked.indicator, measure: asked.measure, level: asked.level, as_known: iso(asked.asKnown) })}`,
			signal,
		);
		const header = CubeHeader.parse(
			JSON.parse(response.headers.get("x-blc-cube") ?? "null"),
		);
		return decodeCube(header, await response.arrayBuffer());
	},
	series: (
		indicator: IndicatorKey,
		area: number,
		asKnown: Day | null,
		signal?: AbortSignal,
	) =>
		read(
			Series,
			`/api/series?${query({ indicator, area, as_known: iso(asKnown) })}`,
			signal,
		),
	kpis: (area: number, day: Day, asKnown: Day | null, signal?: AbortSignal) =>
		read(
			Kpi.array(),
			`/api/kpis?${query({ area, day: iso(day), as_known: iso(asKnown) })}`,
			signal,
		),
	figures: (
		indicator: IndicatorKey,
		area: number,
		day: Day,
		asKnown: Day | null,
		signal?: AbortSignal,
	) =>
		read(
			Kpi,
			`/api/figures?${query({ indicator, area, day: iso(day), as_known: iso(asKnown) })}`,
			signal,
		),
	table: (
		indicator: IndicatorKey,
		area: number,
		day: Day,
		asKnown: Day | null,
		signal?: AbortSignal,
	) =>
		read(
			AreaTable,
			`/api/table?${query({ indicator, area, day: iso(day), as_known: iso(asKnown) })}`,
			signal,
		),
	explain: (
		{ indicator, measure, area, day }: ExplainedCell,
		asKnown: Day | null,
		signal?: AbortSignal,
	) =>
		read(
			Explanation,
			`/api/explain?${query({ indicator, measure, area, day: iso(day), as_known: iso(asKnown) })}`,
			signal,
		),
	freshness: (signal?: AbortSignal) =>
		read(Freshness.array(), "/api/freshness", signal),
	retrySync: async (): Promise<void> => {
		await fetch("/api/sync/retry", { method: "POST" });
	},
};
