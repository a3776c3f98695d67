import { mayAt } from "../../../core/api/session.ts";
import { KeepScene } from "../../../core/api/walls.ts";
import { useSession } from "../../state/session.ts";

/** Whether whoever sits here may arrange walls; in an exercise that needs no name. */
export function useMayArrange(): boolean {
	const { data } = useSession();
	return data !== undefined && mayAt(data, KeepScene);
}
