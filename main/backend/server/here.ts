import { EVERY_ADDRESS } from "../../../core/api/devices.ts";
import type { SignInAnswer } from "../../../core/api/session.ts";
import { SCENARIO_FILE } from "../../../core/workspace/scenarios.ts";
import { readVersioned } from "../../../core/workspace/versioned-file.ts";
import type { SignInResult, SignIns } from "../hub/sign-in.ts";
import type { KeptDevices } from "../lan/kept-devices.ts";
import type { PairingCodes } from "../lan/pairing-codes.ts";
import { Refusal } from "../query/refusal.ts";
import type { KeptShow } from "../workspace/kept-show.ts";
import type { Preferences } from "../workspace/preferences.ts";
import type { ThisInstallation } from "./installation.ts";
import type { LanListener } from "./lan-listener.ts";
import type { HereCommands } from "./orders.ts";
import { isOfHere, type PartHere } from "./part-of-country.ts";
import { type People, sessionAt } from "./people.ts";
import type { TriggerWatch } from "./raised-triggers.ts";
import type { WallWatch } from "./wall-windows.ts";

/** The commands that this workstation carries out itself. */
export function createHere({
	sync,
	people,
	preferences,
	installation,
	devices,
	triggers,
	part,
	show,
	walls,
}: {
	sync: { retry(): void };
	people: People;
	preferences: Preferences;
	installation: ThisInstallation;
	devices: {
		readonly kept: KeptDevices;
		readonly codes: PairingCodes;
		readonly lan: LanListener;
		/** Ends what stands open to a device. */
		leave(id: string): void;
	};
	triggers: TriggerWatch;
	part: () => Promise<PartHere>;
	show: KeptShow;
	walls: WallWatch;
}): HereCommands {
	return {
		async retrySync() {
			sync.retry();
			people.wake();
			return null;
		},
		async chooseHub(hub) {
			const became = await installation.choose(hub).catch((error: unknown) => {
				throw notKept(error);
			});
			if (became === null)
				throw new Refusal(
					409,
					"hub-followed",
					"this workstation follows a hub already; its administrator changes hub.json",
				);
			if ("fault" in became) throw new Refusal(422, "hub-key", became.fault);
			if ("snapshot" in became)
				throw new Refusal(422, "hub-snapshot", became.snapshot);
			return became;
		},
		signIn: ({ name, password }, { session }) =>
			signedInAt(session, (signIns) => signIns.signIn(session, name, password)),
		takeRole: ({ role, scope }, { session }) =>
			signedInAt(session, (signIns) => signIns.takeRole(session, role, scope)),
		async signOut(_, { session }) {
			await people.signIns.signOut(session);
			return sessionAt(people, session, await part());
		},
		removeFromOutbox: async ({ id }, { person, part }) => {
			const entry = people.outbox
				?.entries(Date.now())
				.find((one) => one.id === id);
			const own =
				entry !== undefined &&
				isOfHere(entry.person, part) &&
				(entry.person.name === person.name || person.role === "administrator");
			return { removed: (own && people.outbox?.remove(id)) ?? false };
		},
		changeSettings: async (chosen, { person }) =>
			kept(() => preferences.changeSettings(person.name, chosen)),
		changeWorkspace: async (change, { person }) =>
			kept(() => preferences.changeWorkspace(person.name, change)),
		importSettings: async ({ text }, { person }) => ({
			became: kept(() => preferences.import(person.name, text)),
		}),
		keepScenario: async (scenario, { person }) => ({
			became: kept(() =>
				preferences.keepScenario(person.name, { ...scenario, from: null }),
			),
		}),
		importScenario: async ({ id, text }, { person }) => {
			const read = readVersioned(SCENARIO_FILE, text);
			if (read.kind !== "read") return { became: read.kind };
			const { name, inputs, made } = read.value;
			return {
				became: kept(() =>
					preferences.keepScenario(person.name, {
						...{ id, name, inputs },
						from: made,
					}),
				),
			};
		},
		removeScenario: async ({ id }, { person }) => ({
			removed: kept(() => preferences.removeScenario(person.name, id)),
		}),
		takeBackScenarioChange: async (_, { person }) => ({
			takenBack: kept(() => preferences.takeBackScenarioChange(person.name)),
		}),
		keepScene: async (scene, { person }) => ({
			became: kept(() => preferences.walls.keepScene(person.name, scene)),
		}),
		removeScene: async ({ id }, { person }) => ({
			removed: kept(() => preferences.walls.remove(person.name, "scene", id)),
		}),
		keepPicture: async ({ data }) =>
			kept(() => preferences.walls.pictures.keep(Buffer.from(data, "base64"))),
		keepPlaylist: async (playlist, { person }) => ({
			became: kept(() => preferences.walls.keepPlaylist(person.name, playlist)),
		}),
		removePlaylist: async ({ id }, { person }) => ({
			removed: kept(() =>
				preferences.walls.remove(person.name, "playlist", id),
			),
		}),
		keepGrid: async (grid, { person }) => ({
			became: kept(() => preferences.walls.keepGrid(person.name, grid)),
		}),
		removeGrid: async ({ id }, { person }) => ({
			removed: kept(() => preferences.walls.remove(person.name, "grid", id)),
		}),
		importScenes: async ({ text }, { person }) => ({
			became: kept(() => preferences.walls.import(person.name, text)),
		}),
		orderShow: async (order, { person }) =>
			show.order(order, person.display || person.name),
		tellBeat: async (beat, { device, session }) => {
			walls.beat(beat, session, device);
			return null;
		},
		tellReady: async ({ window, ...change }, { device }) => ({
			at: walls.ready(window, change, device),
		}),
		holdOffTrigger: async ({ playlist, trigger, off }) => ({
			heldOff: triggers.holdOff(playlist, trigger, off),
		}),
		takeBackWallChange: async () => ({
			takenBack: kept(() => preferences.walls.takeBack()),
		}),
		async listenOnLan(setting) {
			const { lan } = devices;
			const own = [EVERY_ADDRESS, ...lan.addresses.map((one) => one.address)];
			if (!own.includes(setting.address))
				throw new Refusal(
					400,
					"parameters",
					`address: found ${setting.address}, expected one of ${own.join(", ")}`,
				);
			try {
				return await lan.listenOn(setting);
			} catch (error) {
				throw notKept(error);
			}
		},
		async pairDevice({ kind, name, show }, { person }) {
			const { state } = devices.lan;
			if (state.kind !== "on")
				throw new Refusal(
					409,
					"no-lan",
					"this workstation does not listen to the network",
				);
			const { display, scope } = person;
			const given = devices.codes.give({
				...{ kind, name, show, scope },
				by: display,
			});
			return {
				...given,
				addresses: state.origins.map(
					(origin) => `${origin}/pair?code=${given.code}`,
				),
			};
		},
		changeDevice: async ({ id, ...change }) => ({
			changed: kept(() => devices.kept.change(id, change)),
		}),
		async revokeDevice({ id }) {
			const revoked = kept(() => devices.kept.revoke(id));
			devices.leave(id);
			walls.leave(id);
			return { revoked };
		},
		takeBackImport: async (_, { person }) => ({
			takenBack: kept(() => preferences.takeBack(person.name)),
		}),
	};

	/** A full disk is said, and is no fault of this program. */
	function kept<T>(change: () => T): T {
		try {
			return change();
		} catch (error) {
			throw notKept(error);
		}
	}

	function notKept(error: unknown): Refusal {
		return new Refusal(
			503,
			"not-kept",
			`this workstation cannot keep it: ${(error as Error).message}`,
		);
	}

	async function signedInAt(
		session: string,
		ask: (signIns: SignIns) => Promise<SignInResult>,
	): Promise<SignInAnswer> {
		const result = await ask(people.signIns);
		if (result.kind !== "signed-in") return result;
		const now = await part();
		// The hub refuses them too; it may be away, and they are remembered here of the time before.
		if (!isOfHere(result.signedIn.person, now)) {
			await people.signIns.signOut(session);
			return { kind: "elsewhere" };
		}
		people.wake();
		return { kind: "signed-in", session: sessionAt(people, session, now) };
	}
}
