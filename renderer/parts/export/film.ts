import {
	BufferTarget,
	CanvasSource,
	getFirstEncodableVideoCodec,
	Mp4OutputFormat,
	Output,
	Quality,
	StreamTarget,
	type StreamTargetChunk,
	type VideoCodec,
	WebMOutputFormat,
} from "mediabunny";
import {
	bitRate,
	frameCount,
	MOST_IN_MEMORY,
	secondsOfFrame,
	type Timelapse,
} from "./frame-schedule.ts";

/** What this browser can make of pictures of a size. */
export interface FilmForm {
	readonly ending: "mp4" | "webm";
	readonly type: string;
	readonly codec: VideoCodec;
}

/** H.264 in MP4, which everything plays, or where there is no encoder for it VP9 or VP8 in WebM; null where there is none at all. */
export async function filmForm(size: {
	width: number;
	height: number;
	frameRate: number;
}): Promise<FilmForm | null> {
	const first = (codecs: VideoCodec[]) =>
		getFirstEncodableVideoCodec(codecs, size);
	const avc = await first(["avc"]);
	if (avc) return { ending: "mp4", type: "video/mp4", codec: avc };
	const open = await first(["vp9", "vp8"]);
	return open && { ending: "webm", type: "video/webm", codec: open };
}

/**
 * So much is held before it goes to the file. By itself the muxer waits for 16 MB, which is more than most films have: nothing would be written
 * before the last frame, a disk without room be told of after a quarter of an hour, and a browser that forgets a file nobody writes to (Chromium
 * without a profile, after ten minutes, of its private storage) would have no place to write to any more.
 */
const WRITTEN_AT_ONCE = 256 * 1024;

/** Said where a film grew larger than what may be held in memory. */
export class FilmTooLarge extends Error {}

/**
 * Makes a film: each frame is drawn for its day and then encoded, never taken from a running screen, so that a slow machine makes the same film.
 * @param canvas of even width and height, on which `draw` draws a frame
 * @param into where bytes are written as they come; null: held in memory
 * @returns the bytes, of a film held in memory; null of one that was written
 * @throws when cancelled, when the encoder fails, and FilmTooLarge
 */
export async function makeFilm({
	canvas,
	lapse,
	form,
	draw,
	into,
	signal,
	progress,
}: {
	canvas: HTMLCanvasElement;
	lapse: Timelapse;
	form: FilmForm;
	draw: (frame: number) => void;
	into: WritableStream<StreamTargetChunk> | null;
	signal: AbortSignal;
	progress: (done: number, of: number) => void;
}): Promise<Uint8Array<ArrayBuffer> | null> {
	const memory = into ? null : new BufferTarget();
	const output = new Output({
		format:
			form.ending === "mp4" ? new Mp4OutputFormat() : new WebMOutputFormat(),
		target:
			memory ??
			new StreamTarget(into as WritableStream, {
				chunked: true,
				chunkSize: WRITTEN_AT_ONCE,
			}),
	});
	let bytes = 0;
	const source = new CanvasSource(canvas, {
		codec: form.codec,
		quality: new Quality({ bitrate: bitRate(canvas) }),
		onEncodedPacket: (packet) => {
			bytes += packet.byteLength;
		},
	});
	output.addVideoTrack(source, { frameRate: lapse.framesPerSecond });
	const frames = frameCount(lapse);
	try {
		await output.start();
		for (let frame = 0; frame < frames; frame++) {
			signal.throwIfAborted();
			draw(frame);
			// Waits while the encoder or the disk has enough to do: what is held stays a few frames.
			await source.add(secondsOfFrame(lapse, frame), 1 / lapse.framesPerSecond);
			if (memory && bytes > MOST_IN_MEMORY) throw new FilmTooLarge();
			progress(frame + 1, frames);
			// Once in a while a turn for the page: Cancel has to be heard.
			if (frame % 8 === 7) await new Promise((turn) => setTimeout(turn));
		}
		await output.finalize();
	} catch (reason) {
		await output.cancel();
		throw reason;
	}
	return memory?.buffer ? new Uint8Array(memory.buffer) : null;
}
