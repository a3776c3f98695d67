import type { AreaRow } from "../../../core/api/areas.ts";
import type { State } from "../../../core/api/state.ts";
import {
	QUIET_DAYS,
	rollingAlerts,
} from "../../../core/epidemic/rolling-alert.ts";
import { type Day, dayInWib } from "../../../core/series/day.ts";
import { measuresOf } from "../../../core/series/measure.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import {
	type AllNoticed,
	type Crossing,
	type Fact,
	heldOff,
	noticedKey,
	type Raised,
	raise,
	type WatchingRule,
	type Why,
	whyHeld,
} from "../../../core/wall/trigger.ts";
import type { ReaderPool } from "../query/reader-pool.ts";

type Dataset = NonNullable<State["dataset"]>;

/** The one place in which the rules of playlists are held against what is known. */
export interface TriggerWatch {
	/** Of all playlists, in their order. */
	raised(dataset: Dataset | null): Promise<Raised[]>;
	/** @returns whether the scene is held off now; null: the rule does not hold */
	holdOff(playlist: string, trigger: string, off: boolean): boolean | null;
}

/**
 * @param playlists those that are kept now
 * @param changed called when somebody held a trigger off
 */
export function watchTriggers(
	readers: Pick<ReaderPool, "ask">,
	playlists: () => readonly Playlist[],
	changed: () => void,
	clock: () => number = Date.now,
): TriggerWatch {
	let noticed: AllNoticed = new Map();
	/** What is there when the program starts was there before. */
	let started = false;
	/** Rules hold or not for as long as publication, day and playlists stay. */
	let judged: {
		of: string;
		lists: readonly Playlist[];
		why: Promise<(Why | null)[][]>;
	} | null = null;

	const judge = (dataset: Dataset, lists: readonly Playlist[], now: number) =>
		Promise.all(
			lists.map(({ triggers }) =>
				Promise.all(
					triggers.map(async ({ rule }) =>
						whyHeld(rule, await factOf(readers, rule, dataset), dataset, now),
					),
				),
			),
		);

	return {
		async raised(dataset) {
			const lists = playlists();
			if (!dataset || lists.every(({ triggers }) => triggers.length === 0))
				return [];
			const now = clock();
			const of = [dataset.stamp, dataset.seq, dayInWib(now)].join(" ");
			if (judged?.of !== of || judged.lists !== lists)
				judged = { of, lists, why: judge(dataset, lists, now) };
			const mine = judged;
			let whys: (Why | null)[][];
			try {
				whys = await mine.why;
			} catch (error) {
				// Asked anew the next time.
				if (judged === mine) judged = null;
				throw error;
			}
			const at = started ? now : Math.min(now, dataset.committedAt);
			const all = lists.map(({ id, triggers }, place) =>
				raise(id, triggers, whys[place] ?? [], noticed, at),
			);
			// Of two that ask at once the later one must not forget what the earlier one noticed.
			if (judged === mine) {
				started = true;
				noticed = new Map(all.flatMap((one) => [...one.noticed]));
			}
			return all.flatMap(({ raised }) => raised);
		},
		holdOff(playlist, trigger, off) {
			noticed = heldOff(noticed, playlist, trigger, off);
			changed();
			return noticed.get(noticedKey(playlist, trigger))?.heldOff ?? null;
		},
	};
}

/** What is known now of what a rule asks for. */
async function factOf(
	readers: Pick<ReaderPool, "ask">,
	rule: Playlist["triggers"][number]["rule"],
	dataset: Dataset,
): Promise<Fact> {
	switch (rule.kind) {
		case "publication":
			return {
				kind: "publication",
				seq: dataset.seq,
				at: dataset.committedAt,
			};
		case "stale": {
			const { answer } = await readers.ask("freshness", undefined);
			const of = answer.find(({ source }) => source.key === rule.source);
			return { kind: "stale", lastDay: of?.follows ? undefined : of?.lastDay };
		}
		case "threshold": {
			const area = await areaOf(readers, rule.area);
			if (!area) return { kind: "threshold", days: [] };
			const figures = await figuresOf(readers, rule, area.level);
			const row = figures.areas.findIndex(({ id }) => id === area.id);
			return {
				kind: "threshold",
				days: [...figures.of(row)].map((value, at) => ({
					day: figures.firstDay + at,
					value: Number.isNaN(value) ? null : value,
				})),
			};
		}
		case "alert": {
			const area = await areaOf(readers, rule.area);
			if (!area) return { kind: "alert", crossings: [] };
			const figures = await figuresOf(readers, rule, rule.level);
			const within =
				area.level === "nation" ? null : new RegExp(`^${area.code}(\\.|$)`);
			const crossings = figures.areas.flatMap((one, row): Crossing[] =>
				one.unknownPlace || (within && !within.test(one.code))
					? []
					: rollingAlerts(
							{
								key: rule.kind,
								direction: rule.direction,
								threshold: rule.value,
								sustainedDays: rule.days,
							},
							one.code,
							figures.firstDay,
							figures.of(row),
						)
							.alerts.filter(({ day }) => day > dataset.lastDay - QUIET_DAYS)
							.map(({ area, day, value }) => ({ area, day, value })),
			);
			return { kind: "alert", crossings };
		}
	}
}

async function areaOf(
	readers: Pick<ReaderPool, "ask">,
	code: string,
): Promise<AreaRow | undefined> {
	const { answer } = await readers.ask("areas", undefined);
	return answer.find((area) => area.code === code);
}

/** The figures of a rule, of the areas of a level, on all days, since a row of days may be as long: NaN where none is known. */
async function figuresOf(
	readers: Pick<ReaderPool, "ask">,
	{ indicator, measure }: WatchingRule,
	level: AreaRow["level"],
): Promise<{
	areas: AreaRow[];
	firstDay: Day;
	of(row: number): Float64Array;
}> {
	const areas = (await readers.ask("areas", undefined)).answer.filter(
		(area) => area.level === level,
	);
	const none = { areas, firstDay: 0, of: () => new Float64Array() };
	// Asked for by hand in a file: a measure that the indicator does not have.
	if (!measuresOf(indicator).includes(measure)) return none;
	const { header, body } = (
		await readers.ask("cube", { indicator, measure, level, asKnownOn: null })
	).answer;
	const { days } = header;
	const values = new Float64Array(body, 0, header.areas * days);
	return {
		areas,
		firstDay: header.firstDay,
		of: (row) =>
			row < 0
				? new Float64Array()
				: values.subarray(row * days, (row + 1) * days),
	};
}
