import type pg from "pg";
import type {
	AreaAnswer,
	FamilyMember,
	RankedSource,
	Revision,
	SpanStep,
	Statement,
} from "../../core/quality/family.ts";
import {
	reconcileApart,
	reconcileFamily,
	reconcileTop,
} from "../../core/quality/reconcile.ts";
import type { TakenBack } from "../../core/quality/taken-back.ts";
import { toleranceOf } from "../../core/quality/tolerance.ts";
import {
	INDICATORS,
	type Indicator,
	isStatedAt,
} from "../../core/series/indicator.ts";
import { readAreas, type StoredArea } from "../store/areas.ts";
import { putDataset } from "../store/dataset.ts";
import { takeDirty } from "../store/dirty.ts";
import { lockDataset } from "../store/intake.ts";
import {
	dropKeys,
	isUnreconciled,
	readFileOrder,
	readHashes,
	readHistories,
	readReports,
	readSources,
	readSpans,
	reportedDays,
	restoreKeys,
	type StoredReport,
	takeTouched,
} from "../store/reconciled.ts";
import { readWithdrawals } from "../store/withdrawal.ts";
import { BULK_FROM, ChangeList, type Changes } from "./changes.ts";
import { type Month, monthsOf } from "./months.ts";
import { MonthWriter } from "./write-months.ts";

export type { Changes } from "./changes.ts";

const STORED = INDICATORS.filter((indicator) => !indicator.derived);

/**
 * Brings facts, revisions and claims up to date with the reports taken in since the last time, inside the caller's transaction, and says
 * what changed since the last publication, reference rows included. What it answers is then forgotten here: the caller publishes it in
 * the same transaction.
 */
export async function reconcile(client: pg.PoolClient): Promise<Changes> {
	await lockDataset(client);
	const changes = new ChangeList();
	const touched = await takeTouched(client);
	if (touched.length > 0) await reconcileAreas(client, touched, changes);
	const days = await reportedDays(client);
	if (days)
		await putDataset(client, { first_day: days.first, last_day: days.last });
	for (const { table, count, rows, removed } of await takeDirty(
		client,
		BULK_FROM,
	)) {
		for (const key of removed) changes.remove(table, key);
		if (rows) for (const row of rows) changes.write(table, row);
		else changes.note(table, count);
	}
	return changes.result();
}

async function reconcileAreas(
	client: pg.PoolClient,
	touched: readonly number[],
	changes: ChangeList,
): Promise<void> {
	const areas = new Tree(await readAreas(client));
	// A kecamatan is in no sum: what is said of it leaves the answers above it as they are, and what is said above leaves its own.
	const { families, apart } = areas.toReconcile(touched);
	const members = [
		areas.nation,
		...[...families].flatMap((province) => [
			province,
			...areas.childrenOf(province),
		]),
		...[...apart.values()].flat(),
	];
	const withdrawals = await readWithdrawals(client);
	const rules = await readRules(client, withdrawals);
	const files = { order: await readFileOrder(client), withdrawals };
	const first = await isUnreconciled(client);
	if (first) await dropKeys(client);
	const ids = members.map((area) => area.id);
	const writer = new MonthWriter(
		client,
		await readHashes(client, ids),
		changes,
	);
	const below = new Histories();
	const reconciled = new Set<number>();
	let nation: StoredReport[] = [];
	for await (const { province, reports } of readReports(
		client,
		first ? null : ids,
	)) {
		if (province === areas.nation.id) {
			nation = reports;
			continue;
		}
		const area = areas.get(province);
		const said = statementsOf(reports, files);
		const parent = said(area);
		const isFamily = families.has(area);
		const regencies = isFamily ? areas.childrenOf(area) : [];
		const children = regencies.map(said);
		const within = apart.get(area) ?? [];
		const months: Month[] = [];
		for (const indicator of STORED) {
			// What is not added up is settled area by area, at the level at which it is stated.
			const alone = indicator.only === "regency" ? regencies : within;
			for (const area of alone) {
				const member = said(area)(indicator);
				if (member.statements.length > 0)
					months.push(
						...monthsOf(
							reconcileApart({
								kind: indicator.kind,
								tolerance: toleranceOf(indicator.key),
								member,
								...rules(indicator),
							}),
							indicator.id,
						),
					);
			}
			if (indicator.only || !isFamily) continue;
			const answers = reconcileFamily({
				kind: indicator.kind,
				tolerance: toleranceOf(indicator.key),
				parent: parent(indicator),
				children: children.map((child) => child(indicator)),
				...rules(indicator),
			});
			below.add(indicator, answers[0]);
			for (const answer of answers)
				months.push(...monthsOf(answer, indicator.id));
		}
		await writer.write(
			months,
			[...(isFamily ? [area] : []), ...regencies, ...within].map(
				({ id }) => id,
			),
		);
		if (isFamily) reconciled.add(province);
	}
	if (first) await restoreKeys(client);
	if (families.size === 0 && !touched.includes(areas.nation.id)) return;
	await below.read(
		client,
		areas.provinces.map(({ id }) => id).filter((id) => !reconciled.has(id)),
	);
	const said = statementsOf(nation, files)(areas.nation);
	await writer.write(
		STORED.filter((one) => isStatedAt(one, "nation")).flatMap((indicator) =>
			monthsOf(
				reconcileTop({
					kind: indicator.kind,
					tolerance: toleranceOf(indicator.key),
					parent: said(indicator),
					children: areas.provinces.map((province) => ({
						area: province.id,
						counted: !province.unknownPlace,
						revisions: below.of(indicator, province.id),
					})),
					...rules(indicator),
				}),
				indicator.id,
			),
		),
		[areas.nation.id],
	);
}

/** The areas in which the hub counts. */
class Tree {
	readonly nation: StoredArea;
	/** And the area for cases without a province. */
	readonly provinces: StoredArea[];
	private readonly byId: Map<number, StoredArea>;
	private readonly byParent = new Map<number, StoredArea[]>();

	constructor(areas: readonly StoredArea[]) {
		this.byId = new Map(areas.map((area) => [area.id, area]));
		for (const area of areas) {
			if (area.parent === null) continue;
			const children = this.byParent.get(area.parent);
			if (children) children.push(area);
			else this.byParent.set(area.parent, [area]);
		}
		const nation = areas.find((area) => area.parent === null);
		if (!nation) throw new Error("the store has no nation");
		this.nation = nation;
		this.provinces = this.childrenOf(nation);
	}

	get(id: number): StoredArea {
		const area = this.byId.get(id);
		if (!area) throw new Error(`no area ${id}`);
		return area;
	}

	childrenOf(area: StoredArea): StoredArea[] {
		return this.byParent.get(area.id) ?? [];
	}

	/** The provinces that are reconciled with all their kabupaten/kota, and by province the kecamatan and kelurahan that are on their own. */
	toReconcile(ids: readonly number[]): {
		families: Set<StoredArea>;
		apart: Map<StoredArea, StoredArea[]>;
	} {
		const families = new Set<StoredArea>();
		const apart = new Map<StoredArea, StoredArea[]>();
		for (const id of ids) {
			const touched = this.byId.get(id);
			let area = touched;
			while (area && area.level > 1)
				area = area.parent === null ? undefined : this.byId.get(area.parent);
			if (!touched || area?.level !== 1) continue;
			if (touched.level <= 2) families.add(area);
			else {
				const beside = apart.get(area);
				if (beside) beside.push(touched);
				else apart.set(area, [touched]);
			}
		}
		return { families, apart };
	}
}

/** What the provinces answered, by indicator: what the nation is summed from. */
class Histories {
	private readonly byKey = new Map<string, Revision[]>();

	add(indicator: Indicator, answer: AreaAnswer): void {
		this.byKey.set(`${indicator.id} ${answer.area}`, answer.revisions);
	}

	of(indicator: Indicator, area: number): Revision[] {
		return this.byKey.get(`${indicator.id} ${area}`) ?? [];
	}

	/** Reads what was written before of areas that need not be reconciled again. */
	async read(client: pg.PoolClient, areas: readonly number[]): Promise<void> {
		if (areas.length === 0) return;
		for (const row of await readHistories(client, areas)) {
			const { area, indicator, as_of: asOf, ...rest } = row;
			const key = `${indicator} ${area}`;
			const revisions = this.byKey.get(key);
			if (revisions) revisions.push({ ...rest, asOf });
			else this.byKey.set(key, [{ ...rest, asOf }]);
		}
	}
}

async function readRules(
	client: pg.PoolClient,
	withdrawals: ReadonlyMap<number, TakenBack[]>,
): Promise<
	(indicator: Indicator) => {
		sources: RankedSource[];
		spans: Map<number, SpanStep[]>;
	}
> {
	const sources = await readSources(client);
	const stored = (await readSpans(client)).map(({ file, ...span }) => ({
		...span,
		takenBack: file === null ? undefined : withdrawals.get(file),
	}));
	// Gone over once: they are asked for by each of thousands of kecamatan.
	const byIndicator = new Map<number, Map<number, SpanStep[]>>();
	for (const { source, indicator, ...step } of stored) {
		let spans = byIndicator.get(indicator);
		if (!spans) {
			spans = new Map();
			byIndicator.set(indicator, spans);
		}
		const steps = spans.get(source);
		if (steps) steps.push(step);
		else spans.set(source, [step]);
	}
	return ({ id }) => ({ sources, spans: byIndicator.get(id) ?? new Map() });
}

const INDICATOR_OF = new Map<string, number>(
	STORED.map(({ key, id }) => [key, id]),
);

/** What some reports state: of an area, then of an indicator. */
function statementsOf(
	reports: readonly StoredReport[],
	files: {
		order: ReadonlyMap<number, number>;
		withdrawals: ReadonlyMap<number, TakenBack[]>;
	},
): (area: StoredArea) => (indicator: Indicator) => FamilyMember {
	const byArea = new Map<number, Statement[][]>();
	for (const [, area, source, day, asOf, file, line, stated] of reports) {
		let found = byArea.get(area);
		if (!found) {
			found = [];
			byArea.set(area, found);
		}
		const order = files.order.get(file) ?? 0;
		const takenBack = files.withdrawals.get(file);
		const values: Record<string, number> = JSON.parse(stated);
		for (const key in values) {
			const indicator = INDICATOR_OF.get(key);
			if (indicator === undefined) continue;
			const value = values[key];
			const statement = {
				source,
				day,
				asOf,
				value,
				file,
				line,
				order,
				takenBack,
			};
			if (found[indicator]) found[indicator].push(statement);
			else found[indicator] = [statement];
		}
	}
	return ({ id, unknownPlace }) =>
		({ id: indicator }) => ({
			area: id,
			counted: !unknownPlace,
			statements: byArea.get(id)?.[indicator] ?? [],
		});
}
