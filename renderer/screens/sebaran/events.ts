import { z } from "zod";
import type { Series } from "../../../core/api/figures.ts";
import { type Day, day } from "../../../core/series/day.ts";
import file from "../../../resources/history/events-2020.json" with {
	type: "json",
};
import type { Language } from "../../i18n/language.ts";
import { type EventKind, KINDS } from "./event-kinds.ts";

export interface TimelineEvent {
	readonly day: Day;
	readonly kind: EventKind;
	/** In words; of a correction null, since its words hold a number. */
	readonly text: string | null;
	readonly source: string | null;
	/** The fall of a correction, as the backend states it. */
	readonly corrected: number | null;
}

const Reference = z.object({
	events: z.array(
		z.object({
			day: z.iso.date(),
			kind: z.enum(KINDS).exclude(["correction"]),
			/** Code of the province that it is of; null: of the country. */
			area: z.string().nullable(),
			/** Whether the simulated country knows it too. */
			inExercise: z.boolean(),
			id: z.string(),
			en: z.string(),
			source: z.string(),
		}),
	),
});
const REFERENCE = Reference.parse(file).events;

/**
 * The events of an area: those of the country, of its province and of all provinces where the whole is looked at, and the corrections of its
 * own series; in order of their days. Of a simulated country only those that it knows.
 * @param province code of the province that the area is, or lies in; null for the nation
 */
export function eventsOf(
	province: string | null,
	series: Pick<Series, "firstDay" | "correction"> | null,
	exercise: boolean,
	language: Language,
	kinds: readonly EventKind[],
): TimelineEvent[] {
	const known = REFERENCE.filter(
		({ area, inExercise }) =>
			(inExercise || !exercise) &&
			(area === null || province === null || area === province),
	).map(
		(event): TimelineEvent => ({
			day: day(event.day),
			kind: event.kind,
			text: event[language],
			source: event.source,
			corrected: null,
		}),
	);
	const corrections = (series?.correction ?? []).flatMap(
		(corrected, index): TimelineEvent[] =>
			corrected === null
				? []
				: [
						{
							day: (series?.firstDay ?? 0) + index,
							kind: "correction",
							text: null,
							source: null,
							corrected,
						},
					],
	);
	return [...known, ...corrections]
		.filter(({ kind }) => kinds.includes(kind))
		.sort((a, b) => a.day - b.day);
}

/** The events of two areas on one line of time: what is of both, or of the country, stands once. */
export function eventsOfBoth(
	one: readonly TimelineEvent[],
	other: readonly TimelineEvent[],
): TimelineEvent[] {
	const keyOf = ({ day, kind, text, corrected }: TimelineEvent) =>
		`${day} ${kind} ${text} ${corrected}`;
	const known = new Set(one.map(keyOf));
	return [...one, ...other.filter((event) => !known.has(keyOf(event)))].sort(
		(a, b) => a.day - b.day,
	);
}
