import { type FlatLand, triangulate } from "./triangulation.ts";

/** A thread of the window that cuts land into triangles; what it was given goes back with them. */
const thread = self as unknown as {
	onmessage: (message: MessageEvent<{ id: number; land: FlatLand }>) => void;
	postMessage(answer: unknown, given: Transferable[]): void;
};

thread.onmessage = ({ data: { id, land } }) => {
	const made = triangulate(land);
	thread.postMessage({ id, land: made }, [
		made.corners.buffer,
		made.triangles.buffer,
	]);
};
