import type { TFunction } from "i18next";
import type { Needs } from "../../../core/api/needs.ts";
import type { Format } from "../../i18n/format.ts";
import type { Language } from "../../i18n/language.ts";

export type KnownNeeds = Extract<Needs["outcome"], { status: "known" }>;

/** What is needed, of which kind, in which unit, what it costs, and the lines that say how it comes about. */
export interface NeedsLine {
	readonly key: string;
	readonly kind: string;
	readonly name: string;
	readonly unit: string;
	readonly total: number | null;
	readonly packs: number | null;
	readonly costUsd: number | null;
	/** "what: numbers = what they come to", or what else must be known. */
	readonly formula: readonly string[];
}

const SEVERITIES = ["mild", "moderate", "severe", "critical"] as const;
const REASONS = [
	"diagnosis",
	"release",
	"mild",
	"moderate",
	"suspected",
	"staff",
	"contacts",
] as const;

/** All that is needed, each number with how it comes about: in words, and with what went into it. */
export function needsLines(
	known: KnownNeeds,
	{ t, format, language }: { t: TFunction; format: Format; language: Language },
): readonly NeedsLine[] {
	const { exact } = format;
	const sum = (values: readonly number[]) => values.map(exact).join(" + ");
	const weeks = (values: readonly number[]) =>
		`${t("logistics.needs.byWeek")}: ${values.map(exact).join(" · ")}`;
	const inWeek = (week: number) =>
		t("logistics.needs.week", { day: format.day(known.weeks[week] ?? 0) });
	const severityOf = (severity: (typeof SEVERITIES)[number]) =>
		t(`logistics.column.patients_${severity}`);
	const line = (
		of: Pick<NeedsLine, "key" | "kind" | "name" | "unit" | "total" | "formula">,
	): NeedsLine => ({ packs: null, costUsd: null, ...of });
	const priced = (
		total: number,
		priceUsd: number | null,
		costUsd: number | null,
	) =>
		costUsd === null || priceUsd === null
			? []
			: [
					`${t("logistics.needs.cost")}: ${exact(total)} × ${exact(priceUsd)} = ${exact(costUsd)}`,
				];
	const last = known.weeks.length - 1;

	const items = known.items.map((item): NeedsLine => {
		const parts = item.parts.map(
			({ driver, amount, every, drivers, units }) => {
				const name = t(`logistics.needs.driver.${driver as "inpatientBed"}`);
				const days = every === "day" ? " × 7" : "";
				const whole = (text: string) => (item.wholeUnits ? `⌈${text}⌉` : text);
				if (every === "stock")
					return `${t("logistics.needs.held", { of: name })}: ${whole(`${exact(Math.max(...drivers))} × ${exact(amount)}`)} = ${exact(units)}`;
				return `${name}: ${
					item.wholeUnits
						? drivers
								.map((one) => whole(`${exact(one)} × ${exact(amount)}${days}`))
								.join(" + ")
						: `(${sum(drivers)}) × ${exact(amount)}${days}`
				} = ${exact(units)}`;
			},
		);
		return {
			key: item.id,
			kind: t(`logistics.needs.kinds.${item.kind}`),
			name: item.name[language],
			unit: t(`logistics.catalogueUnit.${item.unit as "Each"}`),
			total: item.total,
			packs: item.packs,
			costUsd: item.costUsd,
			formula: [
				...parts,
				...(item.parts.length > 1 && item.total !== null
					? [
							`${t("logistics.needs.total")}: ${sum(item.parts.map(({ units }) => units))} = ${exact(item.total)}`,
						]
					: []),
				...(item.packSize === null || item.packs === null || item.total === null
					? []
					: [
							`${t("logistics.needs.packs")}${item.packAssumed ? ` (${t("logistics.needs.notVerified")})` : ""}: ⌈${exact(item.total)} ÷ ${exact(item.packSize)}⌉ = ${exact(item.packs)}`,
						]),
				...(item.total === null
					? []
					: priced(item.total, item.priceUsd, item.costUsd)),
			],
		};
	});

	const oxygen = known.oxygen[last];
	const rates = known.oxygenRates;
	const gas = (
		key: string,
		name: string,
		unit: string,
		of: (week: KnownNeeds["oxygen"][number]) => number,
		formula: (week: KnownNeeds["oxygen"][number]) => string,
	): NeedsLine[] =>
		oxygen
			? [
					line({
						...{ key, name, unit, total: of(oxygen) },
						kind: t("logistics.needs.oxygen"),
						formula: [
							`${inWeek(last)}: ${formula(oxygen)} = ${exact(of(oxygen))}`,
							weeks(known.oxygen.map(of)),
						],
					}),
				]
			: [];
	const piece = t("logistics.unit.piece");
	const gases = [
		...gas(
			"oxygen-m3",
			t("logistics.needs.gas"),
			"m³",
			(week) => week.cubicMetresPerDay,
			({ severe, critical }) =>
				`(${exact(severe)} × ${exact(rates.severe)} + ${exact(critical)} × ${exact(rates.critical)}) × ${exact(1.44)}`,
		),
		...gas(
			"oxygen-tonnes",
			t("logistics.needs.liquid"),
			"t",
			(week) => week.tonnesPerDay,
			(week) =>
				`${exact(week.cubicMetresPerDay)} ÷ ${exact(rates.cubicMetresPerTonne)}`,
		),
		...gas(
			"oxygen-concentrators",
			t("logistics.needs.concentrators"),
			piece,
			(week) => week.concentrators,
			({ severe, critical }) =>
				`⌈(${exact(severe)} × ${exact(rates.severe)} + ${exact(critical)} × ${exact(rates.critical)}) ÷ ${exact(rates.concentratorLitresPerMinute)}⌉`,
		),
		...Object.entries(rates.cylinders).flatMap(([id, size]) =>
			gas(
				`oxygen-cylinder-${id}`,
				`${t("logistics.needs.cylinders", { size: exact(size) })} (${t("logistics.needs.notVerified")})`,
				piece,
				(week) => week.cylindersPerDay[id] ?? 0,
				(week) => `⌈${exact(week.cubicMetresPerDay)} ÷ ${exact(size)}⌉`,
			),
		),
	];

	const { laboratories, tests } = known;
	const staff = known.staff.map(
		({ role, per, rate, hours, drivers, weekly }): NeedsLine => {
			const driver = t(`logistics.needs.driver.${per}`);
			return line({
				key: role,
				kind: t("logistics.needs.people"),
				name: t(`logistics.needs.staff.${role}`),
				unit: t("logistics.needs.heads"),
				total: weekly[last] ?? null,
				formula: [
					`${driver}, ${inWeek(last)}: ${exact(drivers[last] ?? 0)} × ${exact(rate)} = ${exact(weekly[last] ?? 0)}`,
					...(hours
						? [
								`${t("logistics.needs.hours")}: (${exact(hours.severe)} × ${exact(hours.severeShare)} + ${exact(hours.critical)} × ${exact(hours.criticalShare)}) ÷ ${exact(hours.shift)}${hours.times === 1 ? "" : ` × ${exact(hours.times)}`} = ${exact(rate)}`,
							]
						: []),
					...(per === "screenedPatient"
						? [
								`${driver}: (${sum([tests.suspected[last] ?? 0, tests.mild[last] ?? 0, tests.moderate[last] ?? 0])}) ÷ 7 = ${exact(drivers[last] ?? 0)}`,
							]
						: []),
					...(per === "laboratory"
						? [
								`${t("logistics.needs.labs")}: ${exact(laboratories.machines)} ÷ 3 + ${exact(laboratories.modules)} ÷ 4 ≈ ${exact(laboratories.count)}`,
							]
						: []),
					weeks(weekly),
				],
			});
		},
	);

	const patients = SEVERITIES.flatMap((severity): NeedsLine[] => {
		const stay = known.stayWeeks[severity];
		const inCare = known.patients.map((week) => week[severity]);
		const kind = t("logistics.needs.patients");
		const unit = t("logistics.needs.heads");
		const name = severityOf(severity);
		return [
			line({
				...{ key: `in-care-${severity}`, kind, unit },
				name: `${name}, ${inWeek(last)}`,
				total: inCare[last] ?? null,
				formula: [t("logistics.needs.meanOfDays"), weeks(inCare)],
			}),
			line({
				...{ key: `admitted-${severity}`, kind, unit },
				name: t("logistics.needs.arriving", { of: name }),
				total: known.arrived[severity],
				formula: [
					...known.admitted.map((week, at) => {
						const now = inCare[at] ?? 0;
						const before = inCare[Math.max(0, at - 1)] ?? 0;
						return `${inWeek(at)}: max(0; ${exact(now)} − ${exact(before)} + ${exact(before)} ÷ ${exact(stay)}) = ${exact(week[severity])}`;
					}),
					`${t("logistics.needs.total")}: ${sum(known.admitted.map((week) => week[severity]))} = ${exact(known.arrived[severity])}`,
				],
			}),
		];
	});

	const testKind = t("logistics.needs.tests");
	const test = t("logistics.needs.driver.test");
	const testing = [
		line({
			...{ key: "tests-wanted", kind: testKind, unit: test },
			name: t("logistics.needs.wanted"),
			total: tests.total.wanted,
			formula: [
				REASONS.map((reason) => t(`logistics.needs.reasons.${reason}`)).join(
					" + ",
				),
				...tests.wanted.map(
					(wanted, at) =>
						`${inWeek(at)}: ${sum(REASONS.map((reason) => tests[reason][at] ?? 0))} = ${exact(wanted)}`,
				),
				`${t("logistics.needs.total")}: ${sum(tests.wanted)} = ${exact(tests.total.wanted)}`,
				t("logistics.needs.testRates", {
					suspected: exact(tests.rates.suspected),
					contacts: exact(tests.rates.contacts),
					staff: exact(tests.rates.staff),
				}),
			],
		}),
		line({
			...{ key: "tests-done", kind: testKind, unit: test },
			name: t("logistics.needs.done"),
			total: tests.total.done,
			formula: [
				t("logistics.needs.capacity"),
				...tests.done.map(
					(done, at) =>
						`${inWeek(at)}: min(${exact(tests.wanted[at] ?? 0)}; ${exact(tests.capacity)}) = ${exact(done)}`,
				),
				`${t("logistics.needs.total")}: ${sum(tests.done)} = ${exact(tests.total.done)}`,
			],
		}),
	];

	const medicines = known.medicines
		.filter(({ total }) => total > 0)
		.map((medicine): NeedsLine => {
			const given = SEVERITIES.flatMap((severity) => {
				const course = medicine.course[severity];
				return course ? [{ severity, ...course }] : [];
			});
			const patientsOf = (severity: (typeof SEVERITIES)[number]) =>
				exact(medicine.patients[severity]);
			return {
				key: medicine.id,
				kind: t("logistics.needs.medicines"),
				name: medicine.name,
				unit: t(`logistics.catalogueUnit.${medicine.unit as "Each"}`),
				total: medicine.total,
				packs: null,
				costUsd: medicine.costUsd,
				formula: [
					t("logistics.needs.course", {
						of: given.map(({ severity }) => severityOf(severity)).join(" + "),
					}),
					`${t("logistics.needs.total")}: ${given
						.map(
							({ severity, units, share }) =>
								`${patientsOf(severity)} × ${exact(units)} × ${exact(share)}`,
						)
						.join(" + ")} = ${exact(medicine.total)}`,
					...priced(medicine.total, medicine.priceUsd, medicine.costUsd),
				],
			};
		});

	const cost: NeedsLine = {
		...line({
			key: "cost",
			kind: t("logistics.needs.cost"),
			name: t("logistics.needs.allCosts"),
			unit: "USD",
			total: known.costUsd,
			formula: [
				known.costs
					.map(({ of }) =>
						of === "medicines"
							? t("logistics.needs.medicines")
							: t(`logistics.needs.kinds.${of}`),
					)
					.join(" + "),
				`${t("logistics.needs.total")}: ${sum(known.costs.map(({ usd }) => usd))} = ${exact(known.costUsd)}`,
				t("logistics.needs.unpriced", {
					count: format.number(known.unpriced),
				}),
			],
		}),
		costUsd: known.costUsd,
	};
	return [
		...items,
		...gases,
		...staff,
		...patients,
		...testing,
		...medicines,
		cost,
	];
}
