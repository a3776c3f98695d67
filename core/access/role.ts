import { z } from "zod";

/**
 * What a person is trusted with. Everybody looks; what each may change is stated by each command (core/api/route).
 * official: presents; analyst: models and exports; planner: logistics; data-manager: what came in and what is shown; administrator:
 * people and the audit trail; wall: a screen without a person before it.
 */
export const ROLES = [
	"official",
	"analyst",
	"planner",
	"data-manager",
	"administrator",
	"wall",
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Roles that a person can have: a wall is paired, nobody signs in as one. */
export const PERSON_ROLES: readonly Role[] = ROLES.filter(
	(role) => role !== "wall",
);

/** Everybody, walls too. */
export const EVERYBODY: readonly Role[] = ROLES;
/** Whoever sits at a workstation. */
export const PEOPLE: readonly Role[] = PERSON_ROLES;
