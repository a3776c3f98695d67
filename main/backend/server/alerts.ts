import {
	type AlertInbox,
	type AlertRuleVersion,
	type DryRun,
	type Evidence,
	INBOX_DAYS,
	type InboxAlert,
} from "../../../core/api/alerts.ts";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { State } from "../../../core/api/state.ts";
import {
	type AlertKind,
	type AlertLevel,
	type AlertRuleBody,
	FORETELLING,
} from "../../../core/epidemic/alert-rule.ts";
import {
	ALERT_TURNS,
	NEW_STANDING,
	turnOf,
} from "../../../core/epidemic/alert-standing.ts";
import {
	type AlertFigures,
	type AreaAlert,
	areaAlerts,
	isBeyond,
	scoreOf,
	spansOf,
	WAVE_FROM,
	wavesOf,
	withoutMatch,
} from "../../../core/epidemic/area-alerts.ts";
import type { Day } from "../../../core/series/day.ts";
import { CallStopped } from "../../../machine/thread/thread.ts";
import {
	ALERT_CHUNK,
	type AlertChunk,
	type LevelFigures,
} from "../query/alert-figures.ts";
import type { StoredAlertStep } from "../query/alert-rules.ts";
import type { ReaderPool } from "../query/reader-pool.ts";

type Dataset = NonNullable<State["dataset"]>;

/** Whoever asks may want it no more, and hears how far it is. */
export interface Waiting {
	signal?: AbortSignal;
	progress?(done: number, of: number): void;
}

/** The one place in which alerts are raised: for the inbox, walls and dry runs alike. */
export interface AlertDesk {
	/** @param inside areas (ids) that may be spoken of; null: all */
	inbox(inside: Inside, waiting: Waiting): Promise<Read<AlertInbox>>;
	evidence(
		asked: { rule: string; area: string; day: Day },
		inside: Inside,
		waiting: Waiting,
	): Promise<Read<Evidence | null>>;
	dryRun(
		asked: { rule: string; draft: AlertRuleBody },
		inside: Inside,
		waiting: Waiting,
	): Promise<Read<DryRun>>;
}

type Inside = ReadonlySet<number> | null;
type Read<A> = { seq: number; answer: A };

/** Days before those of the inbox from which on it is known whether a rule is met anew; more where a rule is quiet for longer. */
const WARM_UP = 28;
/** Days of evidence before and after an alert. */
const BEFORE = 56;
const AFTER = 28;
/** Alerts of other rules so near are told beside it. */
const BESIDE = 14;
const NAMED = 8;
/** While files come in one publication follows another. */
const TRIES = 4;

/** Figures of some days, by level. */
interface Figures {
	readonly firstDay: Day;
	readonly days: number;
	readonly levels: ReadonlyMap<AlertLevel, LevelFigures>;
	of(
		when: "asKnown" | "now",
	): (kind: AlertKind, level: AlertLevel) => AlertFigures;
}

export function createAlertDesk(readers: Pick<ReaderPool, "ask">): AlertDesk {
	/** Chunks of the publication that was asked of last. */
	let kept: { at: string; chunks: Map<Day, Promise<AlertChunk>> } | null = null;

	const chunkOf = (at: string, seq: number, begin: Day) => {
		if (kept?.at !== at) kept = { at, chunks: new Map() };
		const { chunks } = kept;
		const found = chunks.get(begin);
		if (found) return found;
		const asked = readers
			.ask("alertFigures", { begin })
			.then(({ seq: read, answer }) => {
				if (read !== seq) throw new MovedOn();
				return answer;
			});
		// What failed is asked anew.
		asked.catch(() => chunks.delete(begin));
		chunks.set(begin, asked);
		return asked;
	};

	const figuresFrom = async (
		{ stamp, seq, lastDay, ...dataset }: Dataset,
		from: Day,
		to: Day,
		{ signal, progress }: Waiting,
	): Promise<Figures> => {
		const first = Math.max(from, dataset.firstDay, dataset.knownFrom);
		const begins: Day[] = [];
		for (
			let begin = Math.floor(first / ALERT_CHUNK) * ALERT_CHUNK;
			begin <= Math.min(to, lastDay);
			begin += ALERT_CHUNK
		)
			begins.push(begin);
		const chunks: AlertChunk[] = [];
		for (const begin of begins) {
			if (signal?.aborted) throw new CallStopped("alerts are wanted no more");
			progress?.(chunks.length, begins.length);
			chunks.push(await chunkOf(`${stamp} ${seq}`, seq, begin));
		}
		return joined(chunks);
	};

	/** Everything is read at one publication. */
	const atOne = async <A>(
		make: (dataset: Dataset) => Promise<A>,
	): Promise<Read<A>> => {
		for (let left = TRIES; ; left--) {
			const { answer: dataset } = await readers.ask("dataset", undefined);
			try {
				return { seq: dataset.seq, answer: await make(dataset) };
			} catch (error) {
				if (!(error instanceof MovedOn) || left <= 1) throw error;
			}
		}
	};

	const read = async (at: Dataset) => {
		const [rules, steps, areas] = await Promise.all([
			readers.ask("alertRules", undefined),
			readers.ask("alertSteps", undefined),
			readers.ask("areas", undefined),
		]);
		if ([rules, steps, areas].some(({ seq }) => seq !== at.seq))
			throw new MovedOn();
		return { rules: rules.answer, steps: steps.answer, areas: areas.answer };
	};

	const raised = async (dataset: Dataset, waiting: Waiting) => {
		const { rules, steps, areas } = await read(dataset);
		const firstDay = dataset.lastDay - INBOX_DAYS + 1;
		const before = Math.max(
			WARM_UP,
			...rules.map(({ body }) => body.quietDays + body.sustainedDays),
		);
		const figures = await figuresFrom(
			dataset,
			firstDay - before,
			dataset.lastDay,
			waiting,
		);
		const alerts = byRule(rules).flatMap(([, versions]) =>
			raisedBy(versions, figures, dataset),
		);
		return { rules, steps, areas, figures, alerts, firstDay };
	};

	return {
		inbox: (inside, waiting) =>
			atOne(async (dataset) => {
				const { rules, steps, areas, figures, alerts, firstDay } = await raised(
					dataset,
					waiting,
				);
				return inboxOf(
					{ rules, steps, alerts, figures, firstDay },
					areas.filter(({ id }) => !inside || inside.has(id)),
					dataset,
				);
			}),
		evidence: (asked, inside, waiting) =>
			atOne(async (dataset) => {
				const { rules, areas } = await read(dataset);
				const area = areas.find(({ code }) => code === asked.area);
				const versions = rules.filter(({ rule }) => rule === asked.rule);
				const spans = spansOf(versions);
				const deciding = (day: Day) =>
					spans.find(({ first, last }) => day >= first && day <= last)?.version;
				const version = deciding(asked.day) ?? versions[0];
				if (!area || !version || (inside && !inside.has(area.id))) return null;
				const { kind, level } = version.body;
				const figures = await figuresFrom(
					dataset,
					asked.day - BEFORE,
					asked.day + AFTER,
					waiting,
				);
				const then = figures.of("asKnown")(kind, level);
				const now = figures.of("now")(kind, level);
				const row = then.areas.indexOf(area.code);
				const first = Math.max(then.firstDay, asked.day - BEFORE);
				const last = Math.min(then.firstDay + then.days - 1, asked.day + AFTER);
				if (row < 0 || last < first) return null;
				const days = Array.from(
					{ length: last - first + 1 },
					(_, at) => first + at,
				);
				const over = (of: ArrayLike<number>) =>
					days.map((day) =>
						orNull(of[row * then.days + day - then.firstDay] as number),
					);
				const beside = byRule(rules)
					.filter(([rule]) => rule !== asked.rule)
					.flatMap(([, others]) => raisedBy(others, figures, dataset))
					.filter(
						(one) =>
							one.area === area.code && Math.abs(one.day - asked.day) <= BESIDE,
					)
					.map(({ rule, day }) => ({ rule, day }));
				return {
					...{ rule: asked.rule, kind, area: area.id, firstDay: first },
					...{ asKnown: over(then.value), now: over(now.value) },
					...{ size: over(then.size), against: over(then.against) },
					threshold: days.map((day) => {
						const one = deciding(day);
						return one?.body.enabled && one.body.kind === kind
							? one.body.threshold
							: null;
					}),
					beside,
					...(await saidOf(readers, kind, area.id, asked.day)),
				};
			}),
		dryRun: ({ rule, draft }, inside, waiting) =>
			atOne(async (dataset) => {
				const { rules, areas } = await read(dataset);
				const seen = areas.filter(({ id }) => !inside || inside.has(id));
				const names = new Map(seen.map(({ code, name }) => [code, name]));
				const figures = await figuresFrom(
					dataset,
					dataset.firstDay,
					dataset.lastDay,
					waiting,
				);
				const versions = rules.filter((one) => one.rule === rule);
				const would = (of: typeof versions) =>
					raisedBy(of, figures, dataset).filter(({ area }) => names.has(area));
				const drafted = would([
					{
						...{ rule, version: 1, from: null, changed: null },
						body: { ...draft, enabled: true },
					},
				]);
				const stood = would(versions);
				const told = (alerts: readonly AreaAlert[]) => ({
					count: alerts.length,
					newest: alerts
						.slice(-NAMED)
						.reverse()
						.map(({ area, day }) => ({
							...{ area, day },
							name: names.get(area) ?? area,
						})),
				});
				const waves = (level: AlertLevel) => wavesIn(figures, level, names);
				const [newest] = versions;
				return {
					firstDay: dataset.firstDay,
					lastDay: dataset.lastDay,
					knownFrom: dataset.knownFrom,
					foretells: FORETELLING.includes(draft.kind),
					waveFrom: WAVE_FROM,
					draft: scoreOf(drafted, waves(draft.level), dataset.lastDay),
					standing: newest
						? scoreOf(stood, waves(newest.body.level), dataset.lastDay)
						: null,
					more: told(withoutMatch(drafted, stood)),
					fewer: told(withoutMatch(stood, drafted)),
				};
			}),
	};
}

/** The replica went on while it was read. */
class MovedOn extends Error {}

function byRule(
	rules: readonly AlertRuleVersion[],
): [string, AlertRuleVersion[]][] {
	return [...Map.groupBy(rules, ({ rule }) => rule)];
}

function raisedBy(
	versions: readonly AlertRuleVersion[],
	figures: Figures,
	{ firstDay, knownFrom }: Dataset,
): AreaAlert[] {
	if (figures.days === 0) return [];
	return areaAlerts(
		versions,
		figures.of("asKnown"),
		figures.firstDay <= Math.max(firstDay, knownFrom),
	);
}

function wavesIn(
	{ levels, firstDay, days }: Figures,
	level: AlertLevel,
	names: ReadonlyMap<string, string>,
) {
	const of = levels.get(level);
	return (of?.areas ?? []).flatMap((area, row) =>
		of && names.has(area)
			? wavesOf(
					area,
					firstDay,
					of.incidence.subarray(row * days, (row + 1) * days),
				)
			: [],
	);
}

/** Chunks that follow each other, as one. */
function joined(chunks: readonly AlertChunk[]): Figures {
	const firstDay = chunks[0]?.firstDay ?? 0;
	const days = chunks.reduce((sum, chunk) => sum + chunk.days, 0);
	/** What was joined before, since rules of one kind share their figures. */
	const made = new Map<string, AlertFigures>();
	const join = <T extends Float32Array | Float64Array>(
		whole: T,
		partOf: (chunk: AlertChunk) => T,
		areas: number,
	): T => {
		for (const chunk of chunks) {
			const part = partOf(chunk);
			for (let row = 0; row < areas; row++)
				whole.set(
					part.subarray(row * chunk.days, (row + 1) * chunk.days),
					row * days + chunk.firstDay - firstDay,
				);
		}
		return whole;
	};
	const levelAt = (chunk: AlertChunk, place: number) =>
		chunk.levels[place] as LevelFigures;
	return {
		...{ firstDay, days },
		levels: new Map(
			(chunks[0]?.levels ?? []).map((level, place) => [
				level.level,
				{
					...level,
					incidence: join(
						new Float64Array(level.areas.length * days),
						(chunk) => levelAt(chunk, place).incidence,
						level.areas.length,
					),
				},
			]),
		),
		of: (when) => (kind, level) => {
			const key = `${when} ${kind} ${level}`;
			const before = made.get(key);
			if (before) return before;
			const place = (chunks[0]?.levels ?? []).findIndex(
				(one) => one.level === level,
			);
			const areas = chunks[0]?.levels[place]?.areas ?? [];
			const cells = areas.length * days;
			const from = (chunk: AlertChunk) => levelAt(chunk, place)[when][kind];
			const figures = {
				...{ firstDay, days, areas },
				value: join(
					new Float64Array(cells),
					(chunk) => from(chunk).value,
					areas.length,
				),
				size: join(
					new Float32Array(cells),
					(chunk) => from(chunk).size,
					areas.length,
				),
				against: join(
					new Float32Array(cells),
					(chunk) => from(chunk).against,
					areas.length,
				),
			};
			made.set(key, figures);
			return figures;
		},
	};
}

const keyOf = (rule: string, area: number, day: Day): string =>
	`${rule} ${area} ${day}`;

function inboxOf(
	{
		rules,
		steps,
		alerts,
		figures,
		firstDay,
	}: {
		rules: readonly AlertRuleVersion[];
		steps: readonly StoredAlertStep[];
		alerts: readonly AreaAlert[];
		figures: Figures;
		firstDay: Day;
	},
	areas: readonly AreaRow[],
	{ lastDay, knownFrom }: Dataset,
): AlertInbox {
	const byCode = new Map(areas.map((area) => [area.code, area]));
	const byId = new Map(areas.map((area) => [area.id, area]));
	const taken = Map.groupBy(
		steps.filter(({ area }) => byId.has(area)),
		({ rule, area, day }) => keyOf(rule, area, day),
	);
	const stood = (key: string, day: Day) => {
		const own = taken.get(key) ?? [];
		const standing = own.at(-1)?.standing ?? NEW_STANDING;
		return {
			standing,
			turn: turnOf(standing, day, lastDay),
			steps: own
				.map(({ at, person, change, reason }) => ({
					...{ at, person, change, reason },
				}))
				.reverse(),
		};
	};
	const raised = new Set(
		alerts.map(({ rule, area, day }) =>
			keyOf(rule, byCode.get(area)?.id ?? 0, day),
		),
	);
	/** An alert that a person took up keeps its day, also where a file that came later tells that it was met some days earlier. */
	const asTaken = (alert: AreaAlert): AreaAlert => {
		const area = byCode.get(alert.area);
		if (!area || taken.has(keyOf(alert.rule, area.id, alert.day))) return alert;
		const step = steps.find(
			(one) =>
				one.rule === alert.rule &&
				one.area === area.id &&
				one.day > alert.day &&
				one.day <= alert.until &&
				!raised.has(keyOf(one.rule, one.area, one.day)),
		);
		if (!step) return alert;
		const of = figures.of("asKnown")(alert.kind, area.level as AlertLevel);
		const at = of.areas.indexOf(alert.area) * of.days + step.day - of.firstDay;
		return {
			...{ ...alert, day: step.day },
			value: orNull(of.value[at] ?? Number.NaN) ?? step.seen.value,
			size: orNull(of.size[at] ?? Number.NaN),
			against: orNull(of.against[at] ?? Number.NaN),
		};
	};
	const found = new Set<string>();
	const shown = alerts.map(asTaken).flatMap((alert): InboxAlert[] => {
		const area = byCode.get(alert.area);
		if (!area || alert.day < firstDay) return [];
		const key = keyOf(alert.rule, area.id, alert.day);
		found.add(key);
		const version = rules.find(
			(one) => one.rule === alert.rule && one.version === alert.version,
		);
		const now = version
			? figures.of("now")(alert.kind, version.body.level)
			: null;
		const at = now
			? now.areas.indexOf(alert.area) * now.days + alert.day - now.firstDay
			: 0;
		const value = now?.value[at] ?? Number.NaN;
		const { area: code, ...told } = alert;
		return [
			{
				...told,
				...{ area: area.id, code, name: area.name },
				level: area.level as AlertLevel,
				now: orNull(value),
				corrected: version
					? isBeyond(version, value, now?.size[at] ?? Number.NaN) === false
					: false,
				gone: false,
				...stood(key, alert.day),
			},
		];
	});
	const gone = [...taken].flatMap(([key, own]): InboxAlert[] => {
		const [first] = own;
		if (!first || found.has(key) || first.day < firstDay || first.day > lastDay)
			return [];
		const area = byId.get(first.area);
		const version =
			rules.find(
				(one) => one.rule === first.rule && one.version === first.seen.version,
			) ?? rules.find((one) => one.rule === first.rule);
		if (!area || !version) return [];
		return [
			{
				...{ rule: first.rule, kind: version.body.kind },
				version: first.seen.version,
				...{ area: area.id, code: area.code, name: area.name },
				level: area.level as AlertLevel,
				...{ day: first.day, value: first.seen.value },
				...{ size: null, against: null },
				threshold: first.seen.threshold,
				minimum: version.body.minimum,
				...{ until: first.day, holds: false, now: null },
				...{ corrected: false, gone: true },
				...stood(key, first.day),
			},
		];
	});
	const all = [...shown, ...gone].sort(
		(a, b) =>
			ALERT_TURNS.indexOf(a.turn) - ALERT_TURNS.indexOf(b.turn) ||
			(a.turn === "overdue" ? a.day - b.day : b.day - a.day) ||
			(a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
			(a.rule < b.rule ? -1 : 1),
	);
	return {
		...{ firstDay, lastDay, knownFrom, alerts: all },
		rules: byRule(rules).map(([rule]) => {
			const own = all.filter((one) => one.rule === rule);
			const closed = [...taken.values()].flatMap((one) => {
				const last = one.at(-1);
				return last?.rule === rule && last.standing.status === "closed"
					? [last.standing.verdict]
					: [];
			});
			const falseAlarms = closed.filter((one) => one === "false").length;
			return {
				rule,
				raised: own.filter((one) => !one.gone).length,
				open: own.filter((one) => !one.gone && one.turn !== "closed").length,
				trueAlarms: closed.length - falseAlarms,
				falseAlarms,
				falseShare: closed.length > 0 ? falseAlarms / closed.length : null,
			};
		}),
		turns: Object.fromEntries(
			ALERT_TURNS.map((turn) => [
				turn,
				all.filter((one) => one.turn === turn).length,
			]),
		) as AlertInbox["turns"],
	};
}

/** Who says what an alert is made from, and of which day last. */
async function saidOf(
	readers: Pick<ReaderPool, "ask">,
	kind: AlertKind,
	area: number,
	day: Day,
): Promise<Pick<Evidence, "sources" | "lastReported">> {
	if (kind === "occupancy" || kind === "positivity") {
		const { answer } = await readers.ask("facilityStates", {
			kind: kind === "occupancy" ? "hospital" : "laboratory",
			...{ area, day, asKnownOn: day },
		});
		const told = answer.flatMap(({ measures }) => {
			const one =
				measures[kind === "occupancy" ? "bed-occupancy" : "positivity"];
			return one ? [one] : [];
		});
		const sources = new Map(
			told.flatMap(({ source }) => (source ? [[source.key, source]] : [])),
		);
		return {
			sources: [...sources.values()],
			lastReported: told.reduce<Day | null>(
				(last, one) => Math.max(last ?? one.day, one.day),
				null,
			),
		};
	}
	const { answer } = await readers.ask("figures", {
		...{ indicator: "confirmed", area, day, asKnownOn: day },
	});
	const source = answer.origin?.source;
	return {
		sources: source ? [source] : [],
		lastReported: answer.lastReported?.day ?? null,
	};
}

const orNull = (value: number): number | null =>
	Number.isFinite(value) ? value : null;
