import { z } from "zod";
import {
	type AreaCode,
	type KemendagriCode,
	levelOf,
	NATION,
	parentOf,
	parseKemendagri,
} from "../areas/codes.ts";

/**
 * The part of the country that a person answers for: the nation, or one province by its Kemendagri code. A person of a province is shown
 * nothing of another province and changes nothing there; the nation's figures, which are made of the others, are not theirs either.
 */
export type Scope = typeof NATION | KemendagriCode;

export const Scope: z.ZodType<Scope> = z
	.string()
	.refine(
		(text) => {
			if (text === NATION) return true;
			const code = parseKemendagri(text);
			return code !== undefined && levelOf(code) === "province";
		},
		{ error: "ID for the nation, or the code of a province such as 32" },
	)
	.transform((text) => text as Scope);

/**
 * Whether somebody may be at a workstation of this part of the country: at one of a province nobody who answers for another part, the
 * nation included. The hub and the workstation ask the same.
 */
export function mayBeAt(person: Scope, workstation: Scope): boolean {
	return workstation === NATION || person === workstation;
}

/** Whether an area lies in a scope. `00`, the cases of no province, lies in the nation alone. */
export function liesIn(area: AreaCode, scope: Scope): boolean {
	if (scope === NATION) return true;
	for (
		let at: AreaCode | null = area;
		at !== null && at !== NATION;
		at = parentOf(at)
	)
		if (at === scope) return true;
	return false;
}
