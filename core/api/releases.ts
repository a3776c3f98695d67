import { z } from "zod";
import type { Role } from "../access/role.ts";
import { reason } from "./decisions.ts";
import { command } from "./route.ts";

/** Who lets data out: whoever answers for what is shown, and the officials who answer for the country. */
export const RELEASERS: readonly Role[] = [
	"official",
	"data-manager",
	"administrator",
];

const decision = {
	role: RELEASERS,
	scope: "nation",
	whenOffline: "wait",
	request: z.strictObject({
		/** Number of the release. */
		release: z.int().positive(),
		reason,
	}),
	answer: z.object({ release: z.int(), releaseStatus: z.string() }),
} as const;

export const ApproveRelease = command({
	...decision,
	name: "approve-release",
	about:
		"Let a release of open data out; two people have to, and with the second it is public.",
});

export const DiscardRelease = command({
	...decision,
	name: "discard-release",
	about: "Give a release up that nobody outside has seen.",
});

export const WithdrawRelease = command({
	...decision,
	name: "withdraw-release",
	about:
		"Withdraw a public release: a note says so in public. Whoever has read it still knows it, and later releases are held against it.",
});
