import type { Person } from "../../../core/access/person.ts";
import type { Queries } from "../../../core/api/all.ts";
import type { Basemap } from "../../../core/api/basemap.ts";
import type { PairedDevice } from "../../../core/api/devices.ts";
import type { Nowcast } from "../../../core/api/nowcast.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";
import { MOST_LINES } from "../../../core/api/reproduction.ts";
import type { Answered, Asked } from "../../../core/api/route.ts";
import type { Session } from "../../../core/api/session.ts";
import { DIFFERENCE_STEPS } from "../../../core/api/spread.ts";
import type { State } from "../../../core/api/state.ts";
import { fixedClasses } from "../../../core/epidemic/fixed-classes.ts";
import { cataloguesWith } from "../../../core/logistics/item.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { classesOf } from "../../../core/statistics/classes.ts";
import { lastChange, versionsOf } from "../../../core/wall/kept-walls.ts";
import { picturesIn } from "../../../core/wall/scene.ts";
import { EMPTY_WORKSPACE } from "../../../core/workspace/workspace.ts";
import { type DemandProjector, demandAnswer } from "../analysis/demand.ts";
import type { DispatchPlanner, PlanAsked } from "../analysis/dispatch-plan.ts";
import { needsAnswer } from "../analysis/needs.ts";
import type { Nowcaster } from "../analysis/nowcast.ts";
import type { CaseProjector } from "../analysis/projection.ts";
import {
	type EstimatedAreas,
	type ReproductionEstimator,
	reproductionLines,
	reproductionOn,
} from "../analysis/reproduction.ts";
import {
	compareScenarios,
	createScenarioMaker,
	scenarioFile,
} from "../analysis/scenarios.ts";
import type { SpecimenRouter } from "../analysis/specimens.ts";
import type { KeptDevices } from "../lan/kept-devices.ts";
import { catalogues } from "../query/catalogue.ts";
import { toldOf } from "../query/file-reach.ts";
import type { QueryAnswer, QueryRequest } from "../query/queries.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal, unlessEmpty } from "../query/refusal.ts";
import type { KeptShow } from "../workspace/kept-show.ts";
import type { Preferences } from "../workspace/preferences.ts";
import type { AlertDesk } from "./alerts.ts";
import type { Boundaries } from "./boundaries.ts";
import {
	addressOfDevice,
	isOfWalls,
	raisedFor,
	scenesFor,
	showFor,
	wallsFor,
} from "./device-account.ts";
import type { ThisInstallation } from "./installation.ts";
import type { LanListener } from "./lan-listener.ts";
import { isOfHere, type PartHere } from "./part-of-country.ts";
import { type PendingOver, pendingOver } from "./pending.ts";
import type { TriggerWatch } from "./raised-triggers.ts";
import type { Narrowing } from "./scope.ts";
import type { WallWatch } from "./wall-windows.ts";

/** Who asks. */
export interface Asker {
	/** Id of the window's session. */
	session: string;
	person: Person;
	part: PartHere;
	/** Null: a window of this workstation. */
	device: PairedDevice | null;
	narrow: Narrowing;
	/** Ends when the window wants no answer any more. */
	signal: AbortSignal;
	/** Tells the window how far its answer is. */
	progress(done: number, of: number): void;
}

/** An answer, and the publication it was read at; null where it is not of the dataset. */
export interface Answer<A> {
	seq: number | null;
	answer: A;
}

/** One for each query of core/api/all: a missing one does not compile. */
export type Answers = {
	[K in keyof Queries]: (
		asked: Asked<Queries[K]>,
		asker: Asker,
	) => Promise<Answer<Answered<Queries[K]>>>;
};

/** A publication may come in while the history of knowledge is read, and then another. */
const NOWCAST_TRIES = 3;

export interface AnswerSources {
	readers: ReaderPool;
	boundaries: Boundaries;
	/** The file of a map below the figures that was given or chosen. */
	archive(): Promise<Pick<Basemap, "archive" | "given">>;
	state(): Promise<State>;
	session(asker: Asker): Promise<Session>;
	devices: KeptDevices;
	lan(): LanListener;
	outbox(): OutboxEntry[];
	preferences: Preferences;
	show: KeptShow;
	wallWatch: WallWatch;
	installation: ThisInstallation;
	reproduction: ReproductionEstimator;
	dispatch: DispatchPlanner;
	demand: DemandProjector;
	nowcast: Nowcaster;
	projection: CaseProjector;
	specimens: SpecimenRouter;
	triggers: TriggerWatch;
	alerts: AlertDesk;
	/** What the hub answers a signed-in person. */
	fromHub(asker: Asker, path: string): Promise<unknown>;
}

/** The keys in which the contract and the readers differ. */
function known<T extends { as_known: number | null }>({
	as_known,
	...request
}: T): Omit<T, "as_known"> & { asKnownOn: number | null } {
	return { ...request, asKnownOn: as_known };
}

export function createAnswers(sources: AnswerSources): Answers {
	const { readers, preferences } = sources;
	// A person sees what they ordered themselves; who looks after people sees all of it.
	const ordered = ({ person, part }: Asker): OutboxEntry[] =>
		sources
			.outbox()
			.filter(
				(entry) =>
					isOfHere(entry.person, part) &&
					(person.role === "administrator" ||
						entry.person.name === person.name),
			);
	const pending = (
		{ as_known }: { as_known: number | null },
		asker: Asker,
		seq: number | null,
	): Promise<PendingOver> =>
		pendingOver(ordered(asker), seq, as_known, async () => [
			...(await readers.ask("areas", undefined)).answer,
			...(await readers.ask("districts", undefined)).answer,
			...(await readers.ask("villages", undefined)).answer,
		]);
	/** An answer about one facility; null: there is none, or not for whoever asks. */
	async function ofFacility<
		N extends
			| "facilityExplanation"
			| "facilitySeries"
			| "facilityStaff"
			| "facilityStock"
			| "facilitySupply"
			| "stockBook",
	>(
		name: N,
		asked: { facility: number; as_known: number | null },
		narrow: Narrowing,
	): Promise<Answer<QueryAnswer<N> | null>> {
		const all = await readers.ask("facilities", {});
		const inside = await narrow.inside(all.answer);
		return inside.some(({ id }) => id === asked.facility)
			? readers.ask(name, known(asked) as unknown as QueryRequest<N>)
			: { seq: all.seq, answer: null };
	}
	/** Ids of the areas of every level that a person may see; null: all. */
	const seenBy = async (narrow: Narrowing): Promise<number[] | null> => {
		const all = [
			...(await readers.ask("areas", undefined)).answer,
			...(await readers.ask("districts", undefined)).answer,
			...(await readers.ask("villages", undefined)).answer,
		];
		const seen = narrow.areas(all);
		return seen.length === all.length ? null : seen.map(({ id }) => id);
	};
	/** Ids of the areas of the sums that a person may see; null: all. */
	const insideOf = async (narrow: Narrowing): Promise<Set<number> | null> => {
		const all = (await readers.ask("areas", undefined)).answer;
		const seen = narrow.areas(all);
		return seen.length === all.length
			? null
			: new Set(seen.map(({ id }) => id));
	};
	/** A plan of the centre is for who answers for the nation; a province plans for itself. */
	const planned = async (
		request: Asked<Queries["plan"]>,
		{ signal, progress, narrow }: Asker,
	): Promise<PlanAsked> => {
		const level = request.tier === "province" ? "province" : "nation";
		const all = (await readers.ask("areas", undefined)).answer;
		const area = all.find(({ id }) => id === request.area);
		if (area?.level !== level)
			throw new Refusal(
				400,
				"parameters",
				`area: found ${area?.code ?? request.area}, expected ${level === "nation" ? "the nation" : "a province"} for tier ${request.tier}`,
			);
		await narrow.admit([area.id]);
		if (
			request.periods > 1 &&
			(request.trips === "whole" || request.periods > request.cover)
		)
			throw new Refusal(
				400,
				"parameters",
				`periods: found ${request.periods} with trips ${request.trips} and cover ${request.cover}, expected trips in parts and no more rounds than days`,
			);
		return {
			request,
			signal,
			progress,
			stands: async () => {
				const { stamp, seq } = (await readers.ask("position", undefined))
					.answer;
				return `${stamp} ${seq}`;
			},
			read: () =>
				readers.ask("dispatchInput", {
					day: request.day,
					cover: request.cover,
					periods: request.periods,
				}),
		};
	};
	const demand: Answers["demand"] = async (asked, { signal, progress }) => {
		const { seq, answer: reading } = await readers.ask("demandReading", {
			area: asked.area,
			facility: asked.facility,
			day: asked.day,
			asKnownOn: asked.as_known,
		});
		const found = await sources.demand.project(
			reading,
			{ choice: asked.census, days: asked.weeks * 7, capped: asked.beds },
			`${reading.stamp} ${seq} ${asked.as_known}`,
			signal,
			({ done, of }) => progress(done, of),
		);
		return { seq, answer: demandAnswer(asked, found) };
	};
	/** R of all areas of a level, estimated once for a publication. */
	const reproductionOfAll = async (
		{
			level,
			as_known,
			...asked
		}: Omit<Asked<Queries["reproductionAreas"]>, "day">,
		{ signal, progress }: Asker,
	): Promise<{ seq: number; estimated: EstimatedAreas }> => {
		const { seq, answer } = await readers.ask("position", undefined);
		const estimated = await sources.reproduction.estimateAll(
			asked,
			`${answer.stamp} ${seq} ${level} ${as_known}`,
			async () =>
				(await readers.ask("newCasesOfAll", { level, asKnownOn: as_known }))
					.answer,
			signal,
			({ done, of }) => progress(done, of),
		);
		return { seq, estimated };
	};
	/** What is projected of an area from its cases. */
	const projected = async <
		A extends { area: number; as_known: number | null },
		T,
	>(
		how: (
			given: QueryAnswer<"newCases">,
			asked: A,
			keptAs: string,
			signal: AbortSignal,
			onProgress: (progress: { done: number; of: number }) => void,
		) => Promise<T>,
		asked: A,
		{ signal, progress }: Asker,
	): Promise<Answer<T>> => {
		const { answer: at } = await readers.ask("position", undefined);
		const { seq, answer } = await readers.ask("newCases", {
			area: asked.area,
			asKnownOn: asked.as_known,
		});
		const told = await how(
			answer,
			asked,
			`${at.stamp} ${seq} ${asked.as_known}`,
			signal,
			({ done, of }) => progress(done, of),
		);
		return { seq, answer: told };
	};
	/** What counts became known when: one reading of the replica for each day of knowledge, all of one publication. */
	const nowcast = async (
		{ as_known, ...asked }: Asked<Queries["nowcast"]>,
		{ signal, progress }: Asker,
	): Promise<Answer<Nowcast>> => {
		const { area, indicator } = asked;
		for (let tries = 1; ; tries++) {
			const { answer: at } = await readers.ask("position", undefined);
			const { seq, answer } = await readers.ask("knowledge", {
				asKnownOn: as_known,
				area,
				indicator,
			});
			const told = await sources.nowcast.nowcast(
				{ ...asked, ...answer },
				`${at.stamp} ${seq}`,
				async (span) => {
					const read = await readers.ask("countsAsKnown", {
						area,
						indicator,
						...span,
					});
					return read.seq === seq ? read.answer : null;
				},
				signal,
				progress,
			);
			if (told) return { seq, answer: told };
			if (tries === NOWCAST_TRIES)
				throw new Refusal(
					503,
					"changed",
					"publications came in while it was read: ask again",
				);
		}
	};
	const makeScenario = createScenarioMaker(sources);
	/** A scenario that the person keeps, reckoned through; null: none, or not of their part of the country. */
	const scenarioOf = async (
		id: string,
		{ person, narrow, signal }: Asker,
		progress: Asker["progress"],
	) => {
		const kept = preferences
			.scenarios(person.name)
			.list.find((one) => one.id === id);
		if (!kept) return null;
		const all = await readers.ask("areas", undefined);
		if (!narrow.areas(all.answer).some(({ code }) => code === kept.inputs.area))
			return null;
		const made = await makeScenario(kept.inputs, signal, progress);
		return made && { kept, made };
	};
	return {
		alertRules: () => readers.ask("alertRules", undefined),
		alerts: async (_, { narrow, ...waiting }) =>
			sources.alerts.inbox(await insideOf(narrow), waiting),
		alertEvidence: async (asked, { narrow, ...waiting }) =>
			sources.alerts.evidence(asked, await insideOf(narrow), waiting),
		alertDryRun: async (asked, { narrow, ...waiting }) =>
			sources.alerts.dryRun(asked, await insideOf(narrow), waiting),
		async areas(_, { narrow }) {
			const { seq, answer } = await readers.ask("areas", undefined);
			return { seq, answer: narrow.areas(answer) };
		},
		async districts(_, { narrow }) {
			const { seq, answer } = await readers.ask("districts", undefined);
			return { seq, answer: narrow.areas(answer) };
		},
		async villages(_, { narrow }) {
			const { seq, answer } = await readers.ask("villages", undefined);
			return { seq, answer: narrow.areas(answer) };
		},
		async cube(asked, asker) {
			const { seq, answer } = await readers.ask("cube", known(asked));
			const over = await pending(asked, asker, seq);
			const header = over.cube(answer.header, answer.body);
			const [shape, body] = await asker.narrow.cube(header, answer.body);
			return {
				seq,
				answer: {
					header: {
						...header,
						...shape,
						pending: await asker.narrow.inside(header.pending),
					},
					body,
				},
			};
		},
		series: (asked) => readers.ask("series", known(asked)),
		async spread({ scale, ...asked }, { narrow }) {
			if (asked.within !== null) await narrow.admit(asked.within);
			const { seq, answer } = await readers.ask("spread", known(asked));
			const { header: whole, body: all } = answer;
			const [shape, body] =
				asked.within === null ? await narrow.cube(whole, all) : [whole, all];
			// Of what is seen: the classes of a province are of its own values.
			const values = new Float64Array(body, 0, shape.areas * shape.days);
			const classes = classesOf(
				scale,
				values,
				!asked.rate,
				fixedClasses(asked.indicator, asked.period, asked.rate) ?? [],
			);
			const header = { ...answer.header, ...shape, scale };
			return {
				seq,
				answer: {
					header: {
						...header,
						classes: { ...classes, bounds: [...classes.bounds] },
					},
					body,
				},
			};
		},
		async spreadCells({ scale, ...asked }, { narrow }) {
			const all = await readers.ask("areas", undefined);
			const seen = narrow.areas(all.answer);
			const { seq, answer } = await readers.ask("cells", {
				...known(asked),
				inside:
					seen.length === all.answer.length ? null : seen.map(({ id }) => id),
			});
			const { areas, days } = answer.header;
			const { bounds, values } = classesOf(
				// Classes that somebody else fixed are of areas, not of several together.
				scale === "fixed" ? "log" : scale,
				new Float64Array(answer.body, 0, areas * days),
				!asked.rate,
			);
			const classes = { bounds: [...bounds], values };
			return {
				seq,
				answer: {
					header: { ...answer.header, scale, classes },
					body: answer.body,
				},
			};
		},
		async mobility(asked, { narrow }) {
			const { seq, answer } = await readers.ask("mobility", asked);
			const ends = answer.pairs.flatMap(({ a, b }) => [
				{ area: a },
				{ area: b },
			]);
			const inside = new Set(
				(await narrow.inside(ends)).map(({ area }) => area),
			);
			const pairs = answer.pairs.filter(
				({ a, b }) => inside.has(a) && inside.has(b),
			);
			return { seq, answer: { ...answer, pairs } };
		},
		async orders(asked, { narrow }) {
			const { seq, answer } = await readers.ask("orders", asked);
			return { seq, answer: await narrow.inside(answer) };
		},
		async orderOf(asked, { narrow }) {
			const { seq, answer } = await readers.ask("orderOf", asked);
			const inside = answer && (await narrow.inside([answer.order]));
			return { seq, answer: inside?.length ? answer : null };
		},
		plan: async (asked, asker) =>
			sources.dispatch.plan(await planned(asked, asker)),
		planValues: async (asked, asker) =>
			sources.dispatch.values(await planned(asked, asker)),
		async spreadDifference({ scale, ...asked }, { narrow }) {
			if (asked.within !== null) await narrow.admit(asked.within);
			const { seq, answer } = await readers.ask("difference", known(asked));
			const [shape, body] =
				asked.within === null
					? await narrow.cube(answer.header, answer.body)
					: [answer.header, answer.body];
			const sizes = new Float64Array(body, 0, shape.areas * shape.days).map(
				Math.abs,
			);
			const { bounds, values } = classesOf(
				scale,
				sizes,
				!asked.rate,
				[],
				DIFFERENCE_STEPS,
			);
			const classes = { bounds: [...bounds], values };
			const header = { ...answer.header, ...shape, scale, classes };
			return { seq, answer: { header, body } };
		},
		spreadDifferenceSeries: (asked) =>
			readers.ask("differenceSeries", known(asked)),
		spreadAreasApart: (asked) => readers.ask("areasApart", known(asked)),
		spreadSeries: (asked) => readers.ask("spreadSeries", known(asked)),
		sum: (asked) => readers.ask("sum", known(asked)),
		sumExplain: (asked) => readers.ask("sumExplanation", known(asked)),
		async reproduction(asked, { signal, progress }) {
			const { seq, answer } = await readers.ask("newCases", known(asked));
			const told = await sources.reproduction.estimate(
				answer,
				asked,
				signal,
				({ done, of }) => progress(done, of),
			);
			return { seq, answer: { area: asked.area, ...told } };
		},
		async reproductionAreas(asked, asker) {
			const { seq, estimated } = await reproductionOfAll(asked, asker);
			const answer = reproductionOn(estimated, asked.level, asked.day);
			const rows = await asker.narrow.inside(answer.rows);
			return { seq, answer: { ...answer, rows } };
		},
		async reproductionLines(asked, asker) {
			const { seq, estimated } = await reproductionOfAll(asked, asker);
			const answer = reproductionLines(
				estimated,
				asked.areas.slice(0, MOST_LINES),
				asked.day,
			);
			const lines = await asker.narrow.inside(answer.lines);
			return { seq, answer: { ...answer, lines } };
		},
		nowcast,
		projection: (asked, asker) =>
			projected(sources.projection.project, asked, asker),
		projectionScores: (asked, asker) =>
			projected(sources.projection.score, asked, asker),
		demand,
		async needs(asked, asker) {
			const { seq, answer } = await demand(asked, asker);
			const { answer: all } = await readers.ask("areas", undefined);
			const people = (id: number | null) =>
				all.find((one) => one.id === id)?.population ?? 0;
			const [nation] = all;
			const machines =
				asked.facility === undefined && nation && people(nation.id) > 0
					? people(asked.area) / people(nation.id)
					: 0;
			const { answer: items } = await readers.ask("items", { item: null });
			const now = cataloguesWith(catalogues(), items);
			return { seq, answer: needsAnswer(answer, machines, now) };
		},
		scenarios: async (_, { person }) => {
			const { list, before } = preferences.scenarios(person.name);
			return {
				seq: null,
				answer: { scenarios: list, stepsBack: before.length },
			};
		},
		async scenariosCompared({ ids }, asker) {
			const { seq } = await readers.ask("areas", undefined);
			const all = [];
			for (const [at, id] of ids.entries()) {
				const found = await scenarioOf(id, asker, (done, of) =>
					asker.progress(at * of + done, ids.length * of),
				);
				if (found) all.push(found);
			}
			return { seq, answer: compareScenarios(all) };
		},
		async scenarioFile({ id }, asker) {
			const { seq } = await readers.ask("areas", undefined);
			const found = await scenarioOf(id, asker, asker.progress);
			return {
				seq,
				answer: found && { text: scenarioFile(found.kept, found.made) },
			};
		},
		laboratories: (asked) => readers.ask("laboratories", known(asked)),
		async specimenRoutes(asked, { signal }) {
			const { seq, answer } = await readers.ask(
				"specimenReading",
				known(asked),
			);
			const routed = await sources.specimens.route(answer, signal);
			return { seq, answer: { area: asked.area, day: asked.day, ...routed } };
		},
		async kpis(asked, asker) {
			const { seq, answer } = await readers.ask("kpis", known(asked));
			const over = await pending(asked, asker, seq);
			return { seq, answer: over.figures(answer) };
		},
		async figures(asked, asker) {
			const { seq, answer } = await readers.ask("figures", known(asked));
			const over = await pending(asked, asker, seq);
			return { seq, answer: over.figures([answer])[0] ?? answer };
		},
		async table(asked, asker) {
			const { seq, answer } = await readers.ask("table", known(asked));
			const over = await pending(asked, asker, seq);
			return { seq, answer: { ...answer, rows: over.figures(answer.rows) } };
		},
		explain: (asked) => readers.ask("explain", known(asked)),
		async facilities(asked, { narrow }) {
			const { seq, answer } = await readers.ask("facilities", asked);
			return { seq, answer: await narrow.inside(answer) };
		},
		facilityStates: (asked) => readers.ask("facilityStates", known(asked)),
		async facilityCube(asked, { narrow }) {
			const { seq, answer } = await readers.ask("facilityCube", known(asked));
			const { header, body } = answer;
			const all = await readers.ask("facilities", { kind: header.kind });
			const [count, inside] = await narrow.facilities(all.answer, header, body);
			return {
				seq,
				answer: { header: { ...header, facilities: count }, body: inside },
			};
		},
		shortage: (asked) => readers.ask("shortage", known(asked)),
		facilityExplain: (asked, { narrow }) =>
			ofFacility("facilityExplanation", asked, narrow),
		stockFormulas: (asked) => readers.ask("stockFormulas", known(asked)),
		facilitySupply: (asked, { narrow }) =>
			ofFacility("facilitySupply", asked, narrow),
		facilityStaff: (asked, { narrow }) =>
			ofFacility("facilityStaff", asked, narrow),
		facilitySeries: (asked, { narrow }) =>
			ofFacility("facilitySeries", asked, narrow),
		async referral(asked, { narrow }) {
			const all = await readers.ask("areas", undefined);
			const seen = narrow.areas(all.answer);
			return readers.ask("referral", {
				...known(asked),
				inside:
					seen.length === all.answer.length ? null : seen.map(({ id }) => id),
			});
		},
		heldStock: (asked) => readers.ask("heldStock", known(asked)),
		stockOfFacility: (asked, { narrow }) =>
			ofFacility("facilityStock", asked, narrow),
		stockLedger: (asked, { narrow }) => ofFacility("stockBook", asked, narrow),
		items: (asked) => readers.ask("items", asked),
		async freshness(_, { narrow }) {
			const { seq, answer } = await readers.ask("freshness", undefined);
			const speaking = await narrow.speaking();
			if (speaking === null) return { seq, answer };
			return {
				seq,
				answer: answer.flatMap((row) => {
					const how = speaking.get(row.source.key);
					if (!how) return [];
					// Its counts and files are of the other provinces too.
					return how === "wholly"
						? [row]
						: [{ ...row, reporting: null, expected: null, unread: [] }];
				}),
			};
		},
		quarantine: async ({ file }, { narrow }) =>
			readers.ask("quarantine", { file, sources: await narrow.own() }),
		async file(asked, { narrow }) {
			const { seq, answer } = await readers.ask("fileReach", asked);
			const inside = answer && (await narrow.inside(answer.areas));
			// A file that speaks of none of a person's areas is none of theirs.
			if (
				!answer ||
				!inside ||
				(inside.length === 0 && answer.areas.length > 0)
			)
				return { seq, answer: null };
			const elsewhere = inside.length < answer.areas.length;
			const told = toldOf(inside);
			return { seq, answer: { ...answer, areas: inside, told, elsewhere } };
		},
		digest: () => readers.ask("digest", undefined),
		diagnostics: async () => fromHere(sources.installation.diagnostics()),
		hubKeyId: async (asked) => fromHere(sources.installation.keyId(asked)),
		installation: async () => fromHere(sources.installation.told()),
		districtGeography: () => readers.ask("districtGeography", undefined),
		basemap: async (_, { device }) => {
			const land = await sources.boundaries.land();
			const { archive, given } = await sources.archive();
			return {
				seq: null,
				answer: {
					land: land && {
						source: land.info.source,
						licence: land.info.licence,
						version: land.info.version,
					},
					// Where it lies on this machine is no device's business.
					archive: archive && device ? { ...archive, path: "" } : archive,
					given,
				},
			};
		},
		geography: async () => ({
			seq: null,
			answer: (await sources.boundaries.current()).info,
		}),
		async state() {
			const answer = await sources.state();
			return { seq: answer.dataset?.seq ?? null, answer };
		},
		session: async (_, asker) => ({
			seq: null,
			answer: await sources.session(asker),
		}),
		settings: async (_, { person, device }) => {
			const answer = preferences.current(person.name);
			if (!device) {
				const setAside = sources.devices
					.putAside()
					.map((aside) => ({ what: "devices" as const, ...aside }));
				return fromHere({
					...answer,
					setAside: [...answer.setAside, ...setAside],
				});
			}
			return fromHere({
				settings: { ...answer.settings, basemap: null },
				...{ importedAt: null, setAside: [], kept: true, folder: "" },
			});
		},
		settingsExport: async (_, { person }) => ({
			seq: null,
			answer: { text: preferences.export(person.name) },
		}),
		backendTime: async () => fromHere({ now: Date.now() }),
		show: async (_, { device }) =>
			fromHere(showFor(device, sources.show.value)),
		wallWindows: async () => fromHere([...sources.wallWatch.windows()]),
		devices: async () =>
			fromHere({
				setting: sources.devices.lan,
				state: sources.lan().state,
				addresses: [...sources.lan().addresses],
				devices: [...sources.devices.list],
			}),
		thisDevice: async (_, { device }) =>
			fromHere(
				device && {
					...{ id: device.id, name: device.name },
					...{ kind: device.kind, show: device.show },
				},
			),
		walls: async (_, { device }) => {
			const { value } = preferences.walls;
			const { scenes, playlists, grids } = device
				? wallsFor(device, value, sources.show.value.run?.playlist ?? null)
				: value;
			return {
				seq: null,
				answer: {
					scenes: [...scenes],
					playlists: [...playlists],
					grids: [...grids],
					// What was done here by whom is for people.
					last: device ? null : lastChange(value),
				},
			};
		},
		async wallPicture({ id }, { person, device }) {
			const led = sources.show.value.run?.playlist ?? null;
			const { value, pictures } = preferences.walls;
			const isShown =
				!isOfWalls(person) ||
				picturesIn(scenesFor(device, value, led)).includes(id);
			const found = isShown ? await pictures.read(id) : null;
			if (!found)
				throw new Refusal(404, "no-picture", `picture ${id} is not kept here`);
			const { type, bytes } = found;
			return fromHere({
				header: { type },
				body: Uint8Array.from(bytes).buffer,
			});
		},
		async raisedTriggers(_, { narrow, device }) {
			const { dataset } = await sources.state();
			const all = raisedFor(
				device,
				preferences.walls.value,
				sources.show.value.run?.playlist ?? null,
				await sources.triggers.raised(dataset),
			);
			const codes = new Set(
				narrow
					.areas(
						(await unlessEmpty(readers.ask("areas", undefined)))?.answer ?? [],
					)
					.map(({ code }) => code),
			);
			const speaking = await narrow.speaking();
			return {
				seq: dataset?.seq ?? null,
				answer: all.filter(({ rule }) =>
					"area" in rule
						? codes.has(rule.area)
						: rule.kind === "stale"
							? (speaking?.has(rule.source) ?? true)
							: true,
				),
			};
		},
		gridVersions: async ({ grid }) => ({
			seq: null,
			answer: versionsOf(preferences.walls.value, "grid", grid).map(
				({ value, ...change }) => ({ ...change, grid: value }),
			),
		}),
		sceneVersions: async ({ scene }) => ({
			seq: null,
			answer: versionsOf(preferences.walls.value, "scene", scene).map(
				({ value, ...change }) => ({ ...change, scene: value }),
			),
		}),
		workspace: async (_, { person, device }) =>
			fromHere(
				device
					? { ...EMPTY_WORKSPACE, address: addressOfDevice(device) }
					: preferences.workspace(person.name),
			),
		outbox: async (_, asker) => ({ seq: null, answer: ordered(asker) }),
		zoneCourse: (asked) => readers.ask("zoneCourse", known(asked)),
		zoneHistory: (asked) => readers.ask("zoneHistory", known(asked)),
		async zones(asked, { narrow }) {
			const { seq, answer } = await readers.ask("zones", known(asked));
			const rows = answer.areas.map((area, at) => ({ area, at }));
			const kept = await narrow.inside(rows);
			const speaking = await narrow.speaking();
			return {
				seq,
				answer: {
					areas: kept.map(({ area }) => area),
					// A publication that says nothing of the part is none of it, as in the course of its zones.
					publications: answer.publications.flatMap((one) => {
						const zones = kept.map(({ at }) => one.zones[at] ?? 0);
						return zones.some(Boolean) ? [{ ...one, zones }] : [];
					}),
					held: answer.held.filter(
						({ source }) => speaking?.has(source.key) ?? true,
					),
				},
			};
		},
		audit: async ({ before }, asker) => ({
			seq: null,
			answer: (await sources.fromHub(
				asker,
				before === null ? "/v1/audit" : `/v1/audit?before=${before}`,
			)) as Answered<Queries["audit"]>,
		}),
		async reporting({ day }, { narrow }) {
			return readers.ask("reporting", { day, inside: await seenBy(narrow) });
		},
		async sourceScores({ day }, { narrow }) {
			return readers.ask("sourceScores", {
				day,
				inside: await seenBy(narrow),
			});
		},
		async stated({ term }, { narrow }) {
			return readers.ask("stated", { term, inside: await seenBy(narrow) });
		},
		async conflicts({ day }, { narrow }) {
			const { seq, answer } = await readers.ask("conflicts", { day });
			return {
				seq,
				answer: {
					...answer,
					conflicts: await narrow.inside(answer.conflicts),
				},
			};
		},
		releases: async (_, asker) =>
			fromHere(
				(await sources.fromHub(asker, "/v1/releases")) as Answered<
					Queries["releases"]
				>,
			),
		releasePreview: async ({ release, on }, asker) =>
			fromHere(
				(await sources.fromHub(
					asker,
					`/v1/release/${release}${on === null ? "" : `?on=${isoFromDay(on)}`}`,
				)) as Answered<Queries["releasePreview"]>,
			),
		givenTables: async (_, asker) =>
			fromHere(
				(await sources.fromHub(asker, "/v1/tables")) as Answered<
					Queries["givenTables"]
				>,
			),
		mappings: async (_, asker) =>
			fromHere(
				(await sources.fromHub(asker, "/v1/mappings")) as Answered<
					Queries["mappings"]
				>,
			),
		tablePreview: async ({ given, source, as_of, draft }, asker) => {
			const asked = new URLSearchParams({
				...(source === null ? {} : { source }),
				...(as_of === null ? {} : { as_of: isoFromDay(as_of) }),
				...(draft === null ? {} : { draft }),
			});
			return fromHere(
				(await sources.fromHub(
					asker,
					`/v1/table/${given}${asked.size === 0 ? "" : `?${asked}`}`,
				)) as Answered<Queries["tablePreview"]>,
			);
		},
	};
}

/** An answer that is not of the dataset. */
function fromHere<A>(answer: A): Answer<A> {
	return { seq: null, answer };
}
