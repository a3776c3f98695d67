import type { Role } from "../access/role.ts";

/** Who works at the desk of integration. */
export const DATA_MANAGERS: readonly Role[] = ["data-manager", "administrator"];
