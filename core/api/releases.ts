import { z } from "zod";
import { SUMMED_LEVELS } from "../areas/codes.ts";
import { Recipe } from "../release/recipe.ts";
import { CELL_STATES, type CellState } from "../release/shown-cell.ts";
import { COUNTED_INDICATORS, type IndicatorKey } from "../series/indicator.ts";
import { reason } from "./decisions.ts";
import { day } from "./parameter.ts";
import { RELEASERS } from "./releasers.ts";
import { command, query } from "./route.ts";

export const ReleaseRow = z.object({
	number: z.int().positive(),
	/** Milliseconds since 1970: when it was made. */
	at: z.number(),
	/** Publication of the dataset that it was made from. */
	seq: z.int(),
	status: z.enum([
		"draft",
		"approved-once",
		"public",
		"withdrawn",
		"discarded",
	]),
	/** The public release that it corrects, and the public one that corrects it. */
	corrects: z.int().nullable(),
	correctedBy: z.int().nullable(),
	/** A release that became public since and that it was not held against: it is made again. */
	outdatedBy: z.int().nullable(),
	note: z.string(),
	exercise: z.boolean(),
	recipe: Recipe,
	/** What the attack found before it was kept. */
	attack: z.object({
		secrets: z.int(),
		programs: z.int(),
		tooClose: z.int(),
		small: z.int(),
		beside: z.int(),
	}),
	steps: z
		.object({
			kind: z.enum(["approve", "discard", "withdraw"]),
			at: z.number(),
			person: z.string(),
			display: z.string(),
			note: z.string(),
		})
		.array(),
});
export type ReleaseRow = z.infer<typeof ReleaseRow>;

const fromHub = {
	role: RELEASERS,
	from: "hub",
	reads: ["dataset", "outbox", "session"],
} as const;

export const Releases = query({
	...fromHub,
	path: "/api/releases",
	about:
		"Releases of open data, newest first: where each stands, by what recipe, what the attack found; from the hub, for whoever answers for the country.",
	keeps: "open",
	request: z.strictObject({}),
	answer: ReleaseRow.array(),
});

const indicatorKey = z.enum(
	COUNTED_INDICATORS.map(({ key }) => key) as [IndicatorKey, ...IndicatorKey[]],
);
const count = z.int().min(0);

/** What the public sees of a release on a day. What it does not see is in no answer, whoever asks. */
export const ReleasePreview = query({
	...fromHub,
	path: "/api/release-preview",
	about:
		"What the public sees of a release on a day (none: the newest), how much of it is withheld, and what is another than in the public release before; from the hub, for whoever answers for the country.",
	// Nothing of it is given to whoever answers for a part of the country.
	keeps: "narrowed",
	request: z.strictObject({
		release: z.codec(
			z.string({ error: "the number of a release" }).regex(/^[1-9]\d{0,6}$/, {
				error: "the number of a release",
			}),
			z.int(),
			{ decode: Number, encode: String },
		),
		on: z.codec(day.optional(), z.int().nullable(), {
			decode: (value) => value ?? null,
			encode: (value) => value ?? undefined,
		}),
	}),
	answer: z.object({
		release: z.int(),
		days: z.int().array(),
		day: z.int(),
		indicators: indicatorKey.array(),
		rows: z
			.object({
				code: z.string(),
				name: z.string(),
				level: z.enum(SUMMED_LEVELS),
				/** One an indicator. */
				cells: z
					.object({
						state: z.enum(
							Object.keys(CELL_STATES) as [CellState, ...CellState[]],
						),
						value: z.number().nullable(),
					})
					.array(),
			})
			.array(),
		shares: z
			.object({
				indicator: indicatorKey,
				level: z.enum(SUMMED_LEVELS),
				withheld: count,
				reported: count,
			})
			.array(),
		/** In numbers of cells; null: no release was public before it. */
		changes: z
			.object({
				against: z.int(),
				added: count,
				changed: count,
				newlyShown: count,
				newlyWithheld: count,
				gone: count,
			})
			.nullable(),
	}),
});

const decision = {
	role: RELEASERS,
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		/** Number of the release. */
		release: z.int().positive(),
		reason,
	}),
	answer: z.object({ release: z.int(), releaseStatus: z.string() }),
} as const;

export const ApproveRelease = command({
	...decision,
	name: "approve-release",
	about:
		"Let a release of open data out; two people have to, and with the second it is public.",
});

export const DiscardRelease = command({
	...decision,
	name: "discard-release",
	about: "Give a release up that nobody outside has seen.",
});

export const WithdrawRelease = command({
	...decision,
	name: "withdraw-release",
	about:
		"Withdraw a public release: a note says so in public. Whoever has read it still knows it, and later releases are held against it.",
});
