import { TellReady } from "../../../core/api/show.ts";
import {
	type SceneChange,
	WAITS_FOR_LATE,
} from "../../../core/wall/together.ts";
import { order } from "../../state/ask.ts";
import { atMoment, backendNow } from "../../state/backend-time.ts";
import { useDecidedChanges } from "../../state/show.ts";

/** It is said again so often (ms) that a scene is ready: the backend may not have heard of this window yet, or have started anew. */
const AGAIN = 1_000;
/** Where nobody decides, a display goes on by itself so long (ms) after everybody else's patience. */
const ALONE_AFTER = WAITS_FOR_LATE + 3_000;

/** Which display of which wall this is. */
export interface OfWall {
	/** As `core/wall/together` calls it. */
	readonly wall: string;
	/** As this window calls itself in its beats. */
	readonly window: string;
}

/**
 * Has a display change when all displays of its wall do. Called once what comes is ready.
 * @param work changes it
 * @returns gives it up
 */
export function changeTogether(
	{ wall, window }: OfWall,
	change: SceneChange,
	work: () => void,
): () => void {
	let stop = atMoment(Math.max(change.due, backendNow()) + ALONE_AFTER, work);
	let asking: ReturnType<typeof setTimeout>;
	let over = false;
	const end = () => {
		over = true;
		clearTimeout(asking);
		unsubscribe();
	};
	const decide = (at: number | null | undefined) => {
		if (at == null || over) return;
		end();
		stop();
		stop = atMoment(at, work);
	};
	const heard = () =>
		decide(
			useDecidedChanges
				.getState()
				.decided.findLast(
					(one) =>
						one.wall === wall &&
						one.scene === change.scene &&
						one.due === change.due,
				)?.at,
		);
	const unsubscribe = useDecidedChanges.subscribe(heard);
	const tell = () => {
		order(TellReady, { window, ...change })
			.then((answer) => decide(answer?.at))
			.catch(() => {
				// Nobody answers: the wall itself says so (use-heard), and goes on alone.
			});
		asking = setTimeout(tell, AGAIN);
	};
	heard();
	if (!over) tell();
	return () => {
		end();
		stop();
	};
}
