import type { id } from "./id.ts";

type TextOf<T> = {
	[K in keyof T]: T[K] extends string ? string : TextOf<T[K]>;
};

/** The shape every language must fill completely. */
export type Texts = TextOf<typeof id>;
