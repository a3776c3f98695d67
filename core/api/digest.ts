import { EVERYBODY } from "../access/role.ts";
import { Digest } from "../feed/publication.ts";
import { nothing } from "./parameter.ts";
import { query } from "./route.ts";

export const DigestOf = query({
	path: "/api/digest",
	about: "Digest of the replica, to hold against the hub's.",
	role: EVERYBODY,
	keeps: "open",
	from: "replica",
	reads: ["dataset"],
	request: nothing,
	answer: Digest,
});
