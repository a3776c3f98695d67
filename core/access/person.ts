import { z } from "zod";
import { Role } from "./role.ts";
import { Scope } from "./scope.ts";

/** Who somebody is, as every part of the system may know it. */
export const Person = z.object({
	/** The name to sign in with; never used again for somebody else. */
	name: z.string(),
	/** How others see it, with the office: "Rina S., Dinkes Jawa Barat". */
	display: z.string(),
	role: Role,
	scope: Scope,
});
export type Person = z.infer<typeof Person>;

/** Carries a person's token from a workstation to the hub; `authorization` carries the credential of the workstation. */
export const PERSON_HEADER = "x-blc-person";

/** Whether a person has one of the roles that something asks for. */
export function mayAs(person: Person, roles: readonly Role[]): boolean {
	return roles.includes(person.role);
}
