import type { Person } from "../../../core/access/person.ts";
import { mayBeAt, type Scope } from "../../../core/access/scope.ts";
import type { State } from "../../../core/api/state.ts";
import { NATION } from "../../../core/areas/codes.ts";

/** What lies here, and the part of the country for which it may be given out: the one place that decides it, whoever sits there. */
export interface PartHere {
	/** Null: there is none, or none that may be given. */
	readonly dataset: State["dataset"];
	readonly scope: Scope;
	/** This became the workstation of a province, and what lies here is still the whole country's: nothing of it is given. */
	readonly isHeldBack: boolean;
}

/** @param ofProvince whether the hub gives this workstation what one province may have */
export function partHere(
	found: State["dataset"],
	ofProvince: boolean,
): PartHere {
	const scope = found?.scope ?? NATION;
	const isHeldBack = ofProvince && found !== null && scope === NATION;
	return { dataset: isHeldBack ? null : found, scope, isHeldBack };
}

/** Whoever opens an exercise, before a role is taken: looks at everything there is here and changes nothing. */
export const guestAt = ({ scope }: PartHere): Person => ({
	...{ name: "latihan", display: "LATIHAN", role: "official", scope },
});

/** Who asks where nobody has to have signed in. */
export const nobodyAt = ({ scope }: PartHere): Person => ({
	...{ name: NO_NAME, display: "", role: "wall", scope },
});
export const NO_NAME = "";

/** Whether a person or a device that was let in once still may be: it may have become the workstation of a province meanwhile. */
export const isOfHere = (
	{ scope }: Pick<Person, "scope">,
	part: PartHere,
): boolean => mayBeAt(scope, part.scope);
