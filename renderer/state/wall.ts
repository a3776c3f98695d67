import { useSession } from "./session.ts";
import { useView } from "./view-state.ts";

/** Whether this window hangs on a wall, with nobody to work it: by its address, or by the role of whoever was signed in here. */
export function useWall(): boolean {
	const isAsked = useView((view) => view.wall);
	const { data: session } = useSession();
	return isAsked || session?.person?.role === "wall";
}
