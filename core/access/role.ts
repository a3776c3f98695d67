import { z } from "zod";

/**
 * What a person is trusted with. Everybody looks; what each may change is stated by each command (core/api/route).
 * official: presents; analyst: models and exports; planner: logistics; data-manager: what came in and what is shown; administrator:
 * people and the audit trail; wall: a screen without a person before it; remote: what a presenter leads the walls with.
 */
export const ROLES = [
	"official",
	"analyst",
	"planner",
	"data-manager",
	"administrator",
	"wall",
	"remote",
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** Roles that anybody may take at a window of an exercise: a remote is no window. */
export const TakenRole = Role.exclude(["remote"]);

/** Roles of a device, which is paired: nobody signs in as one, and it is given what the scenes of its walls need and nothing else. */
export const DEVICE_ROLES: readonly Role[] = ["wall", "remote"];

/** Roles that a person can have. */
export const PERSON_ROLES: readonly Role[] = ROLES.filter(
	(role) => !DEVICE_ROLES.includes(role),
);

/** Everybody, walls and remotes too. */
export const EVERYBODY: readonly Role[] = ROLES;
/** Whoever sits at a workstation. */
export const PEOPLE: readonly Role[] = PERSON_ROLES;
