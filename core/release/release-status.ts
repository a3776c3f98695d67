/** What was decided of a release. */
export interface ReleaseStep {
	readonly kind: "approve" | "discard" | "withdraw";
	/** Name to sign in with. */
	readonly person: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly note: string;
}

/** Two people let a release out, and neither alone. */
export const APPROVALS = 2;

export type ReleaseStatus =
	| "draft"
	| "approved-once"
	| "public"
	| "withdrawn"
	| "discarded";

/** Where a release stands after its steps. */
export function releaseStatus(steps: readonly ReleaseStep[]): ReleaseStatus {
	const approvals = steps.filter(({ kind }) => kind === "approve").length;
	if (steps.some(({ kind }) => kind === "withdraw")) return "withdrawn";
	if (steps.some(({ kind }) => kind === "discard")) return "discarded";
	if (approvals >= APPROVALS) return "public";
	return approvals > 0 ? "approved-once" : "draft";
}

/** When a release became public; null: nobody outside has seen it. */
export function publicSince(steps: readonly ReleaseStep[]): number | null {
	return (
		steps.filter(({ kind }) => kind === "approve")[APPROVALS - 1]?.at ?? null
	);
}

/** Why a step cannot be taken; null: it can. */
export function refusedStep(
	steps: readonly ReleaseStep[],
	step: Pick<ReleaseStep, "kind" | "person">,
): "status" | "own" | null {
	const status = releaseStatus(steps);
	const isOpen = status === "draft" || status === "approved-once";
	if (step.kind === "withdraw" ? status !== "public" : !isOpen) return "status";
	const isOwn =
		step.kind === "approve" &&
		steps.some(
			({ kind, person }) => kind === "approve" && person === step.person,
		);
	return isOwn ? "own" : null;
}
