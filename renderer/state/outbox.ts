import { type StagedEntry, stageOf } from "../../core/api/decided.ts";
import { Outbox } from "../../core/api/outbox.ts";
import { useAnswer } from "./answers.ts";
import { useConnection } from "./connection.ts";
import { useSession } from "./session.ts";

/** Commands given on this workstation by whoever sits here, newest first, each with where it is. */
export function useOutbox(): readonly StagedEntry[] {
	const { data: session } = useSession();
	const seq = useConnection(({ state }) => state?.dataset?.seq ?? null);
	const { data } = useAnswer(Outbox, {}, { enabled: session?.person != null });
	if (!session?.person) return [];
	return (data ?? []).map((entry) => ({
		...entry,
		stage: stageOf(entry, seq),
	}));
}
