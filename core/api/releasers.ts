import type { Role } from "../access/role.ts";

/** Who lets data out: whoever answers for what is shown, and the officials who answer for the country. */
export const RELEASERS: readonly Role[] = [
	"official",
	"data-manager",
	"administrator",
];
