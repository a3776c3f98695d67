/** What a release says of itself. */
export interface ReleaseFacts {
	readonly number: number;
	/** Publication of the dataset that it was made from. */
	readonly seq: number;
	/** Milliseconds since 1970: when it became public. */
	readonly at: number;
	readonly exercise: boolean;
	/** The public notes up to then, oldest first. */
	readonly notes: readonly ReleaseNote[];
}

export interface ReleaseNote {
	readonly at: number;
	readonly release: number;
	readonly kind: "released" | "corrected" | "withdrawn";
	/** The release that is corrected. */
	readonly of?: number;
	readonly note: string;
}

export const TITLE = {
	id: "Data terbuka COVID-19 Indonesia",
	en: "Open COVID-19 data of Indonesia",
};
/** Under which the counts may be used. */
export const LICENCE = {
	name: "CC-BY-4.0",
	path: "https://creativecommons.org/licenses/by/4.0/",
	title: "Creative Commons Attribution 4.0 International",
} as const;
