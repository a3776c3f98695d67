/**
 * The supply catalogue as data: what is needed, in which unit and pack, at which rate, per what, and who says so.
 * Files live in `resources/catalogue/*.json`, may be edited, and are checked here before any model reads them.
 */

import { z } from "zod";

/** What a rate is multiplied by. People and beds are daily headcounts; the rest are events. */
export const DRIVERS = [
	"inpatientHealthWorker",
	"inpatientCleaner",
	"inpatientCaregiver",
	"ambulanceWorker",
	"biomedicalEngineer",
	"isolationCaregiver",
	"screeningHealthWorker",
	"labTechnician",
	"labCleaner",
	"severeBed",
	"criticalBed",
	"inpatientBed",
	"isolationPatient",
	"screenedPatient",
	"severeAdmission",
	"criticalAdmission",
	"inpatientAdmission",
	"facilityInUse",
	"test",
	"manualTestKit",
	"highThroughputTest",
	"nearPatientTest",
	"antigenTest",
] as const;
export type Driver = (typeof DRIVERS)[number];

const text = z.string().trim().min(1);
const nonNegative = z.number().finite().nonnegative();
const share = z.number().min(0).max(1);

const sourceSchema = z.strictObject({
	title: text,
	publisher: text,
	reference: text,
	/** `assumption` must be shown as such wherever the number is used. */
	status: z.enum(["published", "press", "assumption"]),
});
export type CatalogueSource = z.infer<typeof sourceSchema>;
const sources = z.record(text, sourceSchema);

const rateSchema = z.strictObject({
	per: z.enum(DRIVERS),
	amount: nonNegative,
	/** `day`: each day; `week`: each week in use; `event`: once an admission, test or kit; `stock`: units held, only growth is ordered. */
	every: z.enum(["day", "week", "event", "stock"]),
	wearPerDay: nonNegative.optional(),
});
export type SupplyRate = z.infer<typeof rateSchema>;

const supplyItemSchema = z.strictObject({
	id: text,
	name: z.strictObject({ id: text, en: text }),
	kind: z.enum(["hygiene", "ppe", "diagnostics", "case-management"]),
	category: text,
	group: text,
	unit: text,
	reusable: z.boolean(),
	/** Amounts are rounded up to whole units for each rate. */
	wholeUnits: z.boolean(),
	priceUsd: nonNegative.nullable(),
	/** Cubic metres of one unit, for transport. */
	volumeM3: z.number().positive().optional(),
	pack: z
		.strictObject({ size: z.number().positive(), name: text, source: text })
		.optional(),
	rates: z.array(rateSchema),
	source: text,
});
export type SupplyItem = z.infer<typeof supplyItemSchema>;

const header = {
	formatVersion: z.literal(1),
	version: text,
	sources,
};

const supplyCatalogueSchema = z
	.strictObject({
		format: z.literal("blc-supply-catalogue"),
		...header,
		notes: z.array(z.string()).default([]),
		items: z.array(supplyItemSchema).min(1),
	})
	.superRefine((catalogue, context) => {
		const seen = new Set<string>();
		catalogue.items.forEach((item, index) => {
			const at = (path: PropertyKey, message: string) =>
				context.addIssue({
					code: "custom",
					path: ["items", index, path],
					message,
				});
			if (seen.has(item.id)) at("id", `"${item.id}" is used twice`);
			seen.add(item.id);
			for (const key of [item.source, item.pack?.source])
				if (key !== undefined && !(key in catalogue.sources))
					at("source", `no source named "${key}"`);
			for (const rate of item.rates)
				if ((rate.every === "stock") !== item.reusable)
					at(
						"rates",
						item.reusable
							? `a reusable item is held: expected every "stock", found "${rate.every}"`
							: `an item that is used up cannot be held: expected every "day", "week" or "event", found "stock"`,
					);
		});
	});
export type SupplyCatalogue = z.infer<typeof supplyCatalogueSchema>;

const courseSchema = z.strictObject({
	/** Dosage forms of one course. */
	units: nonNegative,
	/** Part of the patients of that severity who get it; null: the source gives none, counted as nobody. */
	share: share.nullable(),
});

const medicineCatalogueSchema = z.strictObject({
	format: z.literal("blc-medicine-catalogue"),
	...header,
	notes: z.array(z.string()).default([]),
	items: z
		.array(
			z.strictObject({
				id: text,
				name: text,
				strength: text,
				form: text,
				class: text,
				covidSpecific: z.boolean(),
				priceUsd: nonNegative.nullable(),
				course: z.strictObject({
					mild: courseSchema.optional(),
					moderate: courseSchema.optional(),
					severe: courseSchema.optional(),
					critical: courseSchema.optional(),
				}),
				source: text,
			}),
		)
		.refine(
			(items) => new Set(items.map((item) => item.id)).size === items.length,
			{
				message: "two medicines have the same id",
			},
		),
});
export type MedicineCatalogue = z.infer<typeof medicineCatalogueSchema>;
export type Medicine = MedicineCatalogue["items"][number];

const hours = nonNegative;
const workforceSchema = z.strictObject({
	format: z.literal("blc-workforce-and-laboratories"),
	...header,
	shiftHours: z.number().positive(),
	cleanerMultiplier: z.number().positive(),
	occupations: z.array(
		z.strictObject({
			title: text,
			group: z.enum(["health-worker", "cleaner", "administration"]),
			hoursPerPatientDay: z.strictObject({
				mild: hours,
				moderate: hours,
				severe: hours,
				critical: hours,
				screening: hours,
			}),
		}),
	),
	platforms: z.array(
		z.strictObject({
			id: text,
			name: text,
			type: z.enum(["high-throughput", "near-patient", "manual"]),
			testsPerDay: z.strictObject({
				8: nonNegative,
				16: nonNegative,
				24: nonNegative,
			}),
			shiftsPerDay: z.number().int().min(1).max(3),
			daysPerWeek: z.number().min(0).max(7),
			covidShare: share,
		}),
	),
});
export type WorkforceCatalogue = z.infer<typeof workforceSchema>;

const severityShares = z.strictObject({
	mild: share,
	moderate: share,
	severe: share,
	critical: share,
});
const stay = z.number().int().min(1).max(52);

const forecastDefaultsSchema = z
	.strictObject({
		format: z.literal("blc-forecast-defaults"),
		...header,
		severity: severityShares,
		stayWeeks: z.strictObject({
			mild: stay,
			moderate: stay,
			severe: stay,
			critical: stay,
		}),
		fatality: z.strictObject({ severe: share, critical: share }),
		workforce: z.strictObject({
			shareNotCovid: share,
			ambulanceWorkersPerBed: nonNegative,
			biomedicalEngineersPerBed: nonNegative,
			caregiversPerInpatient: nonNegative,
			caregiversPerIsolation: nonNegative,
			bedsPerFacility: z.number().positive(),
		}),
		testing: z.strictObject({
			strategy: z.enum(["all", "targeted"]),
			shareTestedMildModerate: share,
			negativesPerPositive: nonNegative,
			testsPerHealthWorkerWeek: nonNegative,
			contacts: z.boolean(),
			contactsPerCase: nonNegative,
			shareContactsTested: share,
			antigenShare: share,
			diagnosis: z.strictObject({
				mildModerate: nonNegative,
				severeCritical: nonNegative,
			}),
			release: z.strictObject({
				mildModerate: nonNegative,
				severeCritical: nonNegative,
			}),
		}),
		laboratory: z.strictObject({
			staffPerLab: nonNegative,
			cleanersPerLab: nonNegative,
			manualKitTests: z.number().positive(),
			manualKitWastage: z.number().min(0).lt(1),
			triplePackagingPerFacility: nonNegative,
		}),
		oxygen: z.strictObject({
			flowLitresPerMinute: z.strictObject({
				severe: nonNegative,
				criticalInvasive: nonNegative,
				criticalNonInvasive: nonNegative,
			}),
			criticalShareInvasive: share,
			concentratorLitresPerMinute: z.number().positive(),
			cubicMetresPerTonne: z.strictObject({
				value: z.number().positive(),
				source: text,
				alternative: z.strictObject({
					value: z.number().positive(),
					source: text,
					note: text,
				}),
			}),
			cylinders: z.array(
				z.strictObject({
					id: text,
					cubicMetres: z.number().positive(),
					source: text,
				}),
			),
		}),
		capacity: z.record(
			text,
			z.strictObject({
				country: text,
				population: nonNegative,
				hospitalBeds: nonNegative,
				shareBedsNotCovid: share,
				shareBedsCritical: share,
				healthWorkers: nonNegative,
				labStaff: nonNegative,
				machines: z.record(text, nonNegative),
				source: text,
			}),
		),
	})
	.refine(
		({ severity }) =>
			Math.abs(
				severity.mild +
					severity.moderate +
					severity.severe +
					severity.critical -
					1,
			) < 1e-6,
		{ path: ["severity"], message: "the four shares must sum to 1" },
	);
export type ForecastDefaults = z.infer<typeof forecastDefaultsSchema>;

const perItem = z.record(text, nonNegative);
const ppeContactSchema = z.strictObject({
	format: z.literal("blc-ppe-contact-rates"),
	...header,
	contactsPerPatientDay: z.record(text, z.record(text, nonNegative)),
	contactsBeforeDiscard: z.record(text, z.number().positive()),
	emergencyPatientsPerAdmission: nonNegative,
	perPatientDay: z.record(
		text,
		z.strictObject({
			conventional: perItem,
			contingency: perItem,
			crisis: perItem,
		}),
	),
	perPatientDaySource: text,
});
export type PpeContactRates = z.infer<typeof ppeContactSchema>;

/** A catalogue file that does not hold: every fault names the file and the path inside it. */
export class CatalogueError extends Error {
	readonly file: string;
	readonly faults: readonly { path: string; message: string }[];
	constructor(
		file: string,
		faults: readonly { path: string; message: string }[],
	) {
		super(
			`${file}: ${faults.map((fault) => `${fault.path}: ${fault.message}`).join("; ")}`,
		);
		this.name = "CatalogueError";
		this.file = file;
		this.faults = faults;
	}
}

function parser<T>(schema: z.ZodType<T>, defaultFile: string) {
	return (value: unknown, file = defaultFile): T => {
		const result = schema.safeParse(value);
		if (result.success) return result.data;
		throw new CatalogueError(
			file,
			result.error.issues.map((issue) => ({
				path: issue.path.map(String).join(".") || "(file)",
				message: issue.message,
			})),
		);
	};
}

/** Checks `supplies.json`. @throws CatalogueError naming every fault. */
export const parseSupplyCatalogue = parser(
	supplyCatalogueSchema,
	"supplies.json",
);
/** Checks `medicines.json`. @throws CatalogueError naming every fault. */
export const parseMedicineCatalogue = parser(
	medicineCatalogueSchema,
	"medicines.json",
);
/** Checks `workforce-and-laboratories.json`. @throws CatalogueError naming every fault. */
export const parseWorkforceCatalogue = parser(
	workforceSchema,
	"workforce-and-laboratories.json",
);
/** Checks `forecast-defaults.json`. @throws CatalogueError naming every fault. */
export const parseForecastDefaults = parser(
	forecastDefaultsSchema,
	"forecast-defaults.json",
);
/** Checks `ppe-contact-rates.json`. @throws CatalogueError naming every fault. */
export const parsePpeContactRates = parser(
	ppeContactSchema,
	"ppe-contact-rates.json",
);

/** Everything the needs models read, checked. */
export interface Catalogues {
	supplies: SupplyCatalogue;
	medicines: MedicineCatalogue;
	workforce: WorkforceCatalogue;
	defaults: ForecastDefaults;
}
