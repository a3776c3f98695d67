import { z } from "zod";

/**
 * An installer of a newer version, offered in a folder of the office's network. Whoever makes the application signs the offer with a key of
 * their own (ed25519, over the UTF-8 bytes of `payload`); a workstation has its public half from the machine's administrator.
 */
export const Offer = z.object({
	/** Of the application in it. */
	version: z.string().max(40),
	/** Node's names: `win32`, `linux`, `darwin`; `x64`, `arm64`. */
	system: z.string().max(20),
	arch: z.string().max(20),
	/** The installer, beside the offer: a name without a folder. */
	file: z
		.string()
		.max(200)
		.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u),
	bytes: z.int().positive(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Offer = z.infer<typeof Offer>;

export const SignedOffer = z.object({
	/** JSON of an Offer: what was signed is what is read. */
	payload: z.string().max(4000),
	signature: z.base64(),
});

/** The name of the offer for a system, in the folder that is looked into. */
export function offerName(system: string, arch: string): string {
	return `blc-command-update-${system}-${arch}.json`;
}
