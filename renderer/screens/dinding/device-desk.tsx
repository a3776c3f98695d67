import {
	Alert,
	Button,
	NumberInput,
	SegmentedControl,
	Select,
	Switch,
	TextInput,
} from "@mantine/core";
import { useState } from "react";
import { renderSVG } from "uqr";
import {
	ChangeDevice,
	DEVICE_KINDS,
	type DeviceKind,
	Devices,
	EVERY_ADDRESS,
	ListenOnLan,
	PairDevice,
	type PairedDevice,
	RevokeDevice,
} from "../../../core/api/devices.ts";
import { dayInWib } from "../../../core/series/day.ts";
import { isSilent } from "../../../core/wall/cell-state.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer, useCommand } from "../../state/answers.ts";
import styles from "./devices.module.css";
import { useMayArrange } from "./use-may-arrange.ts";
import { useShows } from "./use-shows.ts";
import type { ShownWalls } from "./use-walls.ts";
import { useNow } from "./wall-run.ts";

/** The devices of the network that show or lead the walls: where they are listened for, how one is paired, and how each is. */
export function DeviceDesk({ walls }: { walls: ShownWalls }) {
	const { t } = useLanguage();
	const may = useMayArrange();
	const { data, error, refetch } = useAnswer(
		Devices,
		{},
		{ enabled: may, refetchInterval: 3_000 },
	);
	if (!data)
		return error ? (
			<PanelFailure error={error} again={refetch} />
		) : (
			<PanelNotice>{t("app.loading")}</PanelNotice>
		);
	return (
		<section className={styles.devices} aria-label={t("devices.title")}>
			<DeviceList devices={data.devices} walls={walls} />
			<Line told={data} />
			{data.state.kind === "on" && <Pair walls={walls} />}
		</section>
	);
}

/** Where this workstation listens, and by what it is known. */
function Line({ told }: { told: Devices }) {
	const { t, format } = useLanguage();
	const listen = useCommand(ListenOnLan);
	const { setting, state, addresses } = told;
	const [typed, setTyped] = useState<number | null>(null);
	const port = typed ?? setting.port;
	const change = (part: Partial<typeof setting>) =>
		listen.mutate({ ...setting, port, ...part });
	return (
		<div className={styles.box}>
			<h2>{t("devices.lan")}</h2>
			<p className="muted">{t("devices.lanHelp")}</p>
			<div className={styles.row}>
				<Switch
					label={t("devices.listen")}
					checked={setting.on}
					disabled={listen.isPending}
					data-testid="lan-on"
					onChange={({ currentTarget: { checked } }) => change({ on: checked })}
				/>
				<Select
					size="xs"
					label={t("devices.address")}
					allowDeselect={false}
					value={setting.address}
					data={[
						{ value: EVERY_ADDRESS, label: t("devices.everyAddress") },
						...addresses.map(({ address, connection }) => ({
							value: address,
							label: `${address} (${connection})`,
						})),
					]}
					data-testid="lan-address"
					onChange={(address) => address && change({ address })}
				/>
				<NumberInput
					size="xs"
					label={t("devices.port")}
					placeholder={t("devices.anyPort")}
					min={0}
					max={65_535}
					allowDecimal={false}
					value={port || ""}
					onChange={(value) => setTyped(Number(value) || 0)}
					onBlur={() => {
						if (port !== setting.port) change({ port });
						setTyped(null);
					}}
				/>
			</div>
			{state.kind === "off" ? (
				<p>{t("devices.off")}</p>
			) : state.kind === "fault" ? (
				<Alert color="red" role="alert">
					{t(`devices.fault.${state.why}`, { message: state.message })}
				</Alert>
			) : (
				<dl className={styles.facts} data-testid="lan-facts">
					<dt>{t("devices.reachedAt")}</dt>
					<dd>{state.origins.join(" · ")}</dd>
					<dt>{t("devices.fingerprint")}</dt>
					<dd>
						<code>{state.fingerprint}</code>
						<small className="muted">
							{t("devices.until", {
								day: format.day(dayInWib(state.certifiedUntil)),
							})}
							. {t("devices.fingerprintHelp")}
						</small>
					</dd>
				</dl>
			)}
			<Failure error={listen.error} />
		</div>
	);
}

/** Gives out a code, as text and as something a camera reads. */
function Pair({ walls }: { walls: ShownWalls }) {
	const { t, format } = useLanguage();
	const give = useCommand(PairDevice);
	const [kind, setKind] = useState<DeviceKind>("display");
	const [name, setName] = useState("");
	const [show, setShow] = useState("");
	const shows = useShows(walls, show, true);
	const given = give.data;
	const address = given?.addresses[0];
	const [now] = useNow(given?.endsAt ?? null);
	const isOver = now >= (given?.endsAt ?? 0);
	return (
		<form
			className={styles.box}
			onSubmit={(event) => {
				event.preventDefault();
				if (name.trim())
					give.mutate({
						...{ kind, name: name.trim() },
						show: kind === "display" ? show : "",
					});
			}}
		>
			<h2>{t("devices.pair")}</h2>
			<div className={styles.row}>
				<SegmentedControl
					size="xs"
					aria-label={t("devices.pair")}
					value={kind}
					data={DEVICE_KINDS.map((one) => ({
						value: one,
						label: t(`devices.kind.${one}`),
					}))}
					onChange={(one) => setKind(one as DeviceKind)}
				/>
				<TextInput
					size="xs"
					label={t("devices.name")}
					placeholder={t("devices.namePlaceholder")}
					maxLength={60}
					value={name}
					data-testid="pair-name"
					onChange={(event) => setName(event.currentTarget.value)}
				/>
				{kind === "display" && (
					<Select
						size="xs"
						label={t("devices.shows")}
						allowDeselect={false}
						searchable
						value={show}
						data={shows}
						data-testid="pair-show"
						onChange={(next) => next !== null && setShow(next)}
					/>
				)}
				<Button
					size="xs"
					type="submit"
					disabled={!name.trim()}
					data-testid="pair-device"
				>
					{t("devices.giveCode")}
				</Button>
			</div>
			{given && address && !isOver && (
				<div className={styles.code}>
					<img
						alt={t("devices.qr", { address })}
						src={`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(address))}`}
					/>
					<div>
						<small>
							{t("devices.code", { time: format.time(given.endsAt) })}
						</small>
						<output data-testid="pair-code">{given.code}</output>
						<p>{t("devices.codeHelp")}</p>
						<code data-testid="pair-address">{address}</code>
					</div>
				</div>
			)}
			<Failure error={give.error} />
		</form>
	);
}

function DeviceList({
	devices,
	walls,
}: {
	devices: readonly PairedDevice[];
	walls: ShownWalls;
}) {
	const { t } = useLanguage();
	return (
		<div className={styles.box}>
			<h2>{t("devices.list")}</h2>
			{devices.length === 0 ? (
				<p className="muted">{t("devices.none")}</p>
			) : (
				<ul className={styles.list} data-testid="devices">
					{devices.map((device) => (
						<Device key={device.id} device={device} walls={walls} />
					))}
				</ul>
			)}
		</div>
	);
}

function Device({
	device,
	walls,
}: {
	device: PairedDevice;
	walls: ShownWalls;
}) {
	const { t, format } = useLanguage();
	const [now] = useNow(null);
	const change = useCommand(ChangeDevice);
	const revoke = useCommand(RevokeDevice);
	const [name, setName] = useState(device.name);
	const [asked, setAsked] = useState(false);
	const { id, kind, show, seenAt, address } = device;
	const silent = isSilent(seenAt, now);
	const shows = useShows(walls, show, true);
	return (
		<li className={styles.device} data-silent={silent || undefined}>
			<TextInput
				size="xs"
				label={t(`devices.kind.${kind}`)}
				value={name}
				maxLength={60}
				data-testid="device-name"
				onChange={(event) => setName(event.currentTarget.value)}
				onBlur={() =>
					name.trim() && name.trim() !== device.name
						? change.mutate({ id, name: name.trim(), show })
						: setName(device.name)
				}
			/>
			{kind === "display" ? (
				<Select
					size="xs"
					label={t("devices.shows")}
					allowDeselect={false}
					searchable
					value={show}
					data={shows}
					data-testid="device-show"
					onChange={(next) =>
						next !== null &&
						change.mutate({ id, name: device.name, show: next })
					}
				/>
			) : (
				<span />
			)}
			<div>
				<small>{t("devices.seen")}</small>
				<b data-testid="device-seen">
					{seenAt === null
						? t("devices.never")
						: silent
							? t("devices.silent", { time: format.time(seenAt) })
							: t("devices.seenAgo", {
									seconds: format.number(
										Math.max(0, Math.round((now - seenAt) / 1000)),
									),
								})}
				</b>
				<small className="muted">
					{address} ·{" "}
					{t("devices.since", {
						time: format.time(device.pairedAt),
						by: device.pairedBy || t("walls.somebody"),
					})}
				</small>
			</div>
			<Button
				size="xs"
				variant={asked ? "filled" : "default"}
				color={asked ? "red" : undefined}
				data-testid="device-revoke"
				onBlur={() => setAsked(false)}
				onClick={() => (asked ? revoke.mutate({ id }) : setAsked(true))}
			>
				{asked
					? t("devices.reallyRevoke", { name: device.name })
					: t("devices.revoke")}
			</Button>
			<Failure error={change.error ?? revoke.error} />
		</li>
	);
}

function Failure({ error }: { error: Error | null }) {
	const { t } = useLanguage();
	return (
		error && (
			<Alert color="red" role="alert">
				{t("devices.failed", { message: error.message })}
			</Alert>
		)
	);
}
