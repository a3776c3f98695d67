import {
	ActionIcon,
	Alert,
	Button,
	Chip,
	NumberInput,
	SegmentedControl,
	Select,
	TextInput,
} from "@mantine/core";
import { ArrowDown, ArrowUp, Copy, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { KeepPlaylist, RemovePlaylist } from "../../../core/api/walls.ts";
import {
	type Hours,
	LONGEST_SECONDS,
	type Playlist,
	SHORTEST_SECONDS,
	TRANSITIONS,
	ZONES,
	type Zone,
} from "../../../core/wall/playlist.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Space } from "../../parts/ui/panel.tsx";
import { useCommand } from "../../state/answers.ts";
import { useDraftGuard } from "../../state/drafts.ts";
import styles from "./desk.module.css";
import { newId } from "./new-id.ts";
import { ShowButtons } from "./show-buttons.tsx";
import { TriggerEditor } from "./trigger-editor.tsx";
import { useMayArrange } from "./use-may-arrange.ts";
import type { ShownWalls } from "./use-walls.ts";

/** A Monday: 5 January 1970. */
const MONDAY = 4;
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** `7.30` or `07:30` as minutes of the day; null: no time of day. */
function minutesFrom(text: string): number | null {
	const found = /^([01]?\d|2[0-3])[.:]([0-5]\d)$/.exec(text.trim());
	return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** A playlist: its scenes and how long each stands, how one gives way to the next, and when it is shown. */
export function PlaylistDesk({
	playlist,
	walls,
	choose,
}: {
	playlist: Playlist;
	walls: ShownWalls;
	choose: (id: string) => void;
}) {
	const { t, clock } = useLanguage();
	const may = useMayArrange();
	const keep = useCommand(KeepPlaylist);
	const remove = useCommand(RemovePlaylist);
	const [draft, setDraft] = useState<Playlist | null>(null);
	const shown = draft ?? playlist;
	useDraftGuard(draft !== null);
	const change = (part: Partial<Playlist>) => setDraft({ ...shown, ...part });
	const { entries, hours } = shown;
	const nameOf = (id: string) =>
		walls.scenes.find((scene) => scene.id === id)?.name ?? t("walls.goneScene");
	const setEntry = (at: number, part: Partial<(typeof entries)[number]>) =>
		change({
			entries: entries.map((one, index) =>
				index === at ? { ...one, ...part } : one,
			),
		});
	const swap = (at: number, other: number) => {
		const [one, two] = [entries[at], entries[other]];
		if (one && two) change({ entries: entries.with(at, two).with(other, one) });
	};
	const setHours = (at: number, part: Partial<Hours>) =>
		change({
			hours: hours.map((one, index) =>
				index === at ? { ...one, ...part } : one,
			),
		});
	const shipped = walls.ships(playlist.id);
	const failure = keep.error ?? remove.error;
	const save = async (value: Playlist) => {
		const kept = await keep.mutateAsync(value).catch(() => null);
		return kept?.became === "kept";
	};
	return (
		<section className={styles.part} aria-label={playlist.name}>
			<div className={styles.bar}>
				<TextInput
					size="xs"
					className={styles.name}
					aria-label={t("walls.name")}
					data-testid="playlist-name"
					readOnly={!may}
					maxLength={80}
					value={shown.name}
					onChange={(event) => change({ name: event.currentTarget.value })}
				/>
				<Space />
				{may && (
					<>
						{draft && (
							<>
								<Button
									size="xs"
									variant="default"
									onClick={() => setDraft(null)}
								>
									{t("walls.cancel")}
								</Button>
								<Button
									size="xs"
									variant="default"
									loading={keep.isPending}
									disabled={draft.name.trim() === ""}
									data-testid="save-playlist"
									onClick={async () => {
										if (await save({ ...draft, name: draft.name.trim() }))
											setDraft(null);
									}}
								>
									{t("walls.save")}
								</Button>
							</>
						)}
						{!draft && (
							<Button
								size="xs"
								variant="default"
								leftSection={<Copy size="1em" aria-hidden />}
								data-testid="copy-playlist"
								onClick={async () => {
									const copy = {
										...playlist,
										id: newId(),
										name: t("walls.copyOf", { name: playlist.name }).slice(
											0,
											80,
										),
									};
									if (await save(copy)) choose(copy.id);
								}}
							>
								{t("walls.copy")}
							</Button>
						)}
						{(walls.isKept(playlist.id) || !shipped) && (
							<Button
								size="xs"
								variant="default"
								leftSection={<Trash2 size="1em" aria-hidden />}
								data-testid="remove-playlist"
								onClick={() => {
									setDraft(null);
									remove.mutate({ id: playlist.id });
								}}
							>
								{t(shipped ? "walls.restoreShipped" : "walls.remove")}
							</Button>
						)}
					</>
				)}
			</div>
			{(failure || keep.data?.became === "too-many") && (
				<Alert color="red" role="alert">
					{failure
						? t("walls.failed", { message: failure.message })
						: t("walls.tooMany")}
				</Alert>
			)}
			<fieldset className={styles.playlist} disabled={!may}>
				<h2>{t("walls.entries")}</h2>
				<ol className={styles.entries} data-testid="playlist-entries">
					{entries.map(({ scene, seconds }, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: one scene may come twice; its place tells them apart
						<li key={at}>
							<span>{nameOf(scene)}</span>
							<NumberInput
								size="xs"
								className={styles.seconds}
								aria-label={`${t("walls.seconds")}: ${nameOf(scene)}`}
								min={SHORTEST_SECONDS}
								max={LONGEST_SECONDS}
								clampBehavior="blur"
								allowDecimal={false}
								suffix=" s"
								value={seconds}
								onChange={(value) => {
									if (
										typeof value === "number" &&
										value >= SHORTEST_SECONDS &&
										value <= LONGEST_SECONDS
									)
										setEntry(at, { seconds: value });
								}}
							/>
							<ActionIcon
								variant="default"
								aria-label={`${t("walls.up")}: ${nameOf(scene)}`}
								disabled={at === 0}
								onClick={() => swap(at, at - 1)}
							>
								<ArrowUp size="1em" />
							</ActionIcon>
							<ActionIcon
								variant="default"
								aria-label={`${t("walls.down")}: ${nameOf(scene)}`}
								disabled={at === entries.length - 1}
								onClick={() => swap(at, at + 1)}
							>
								<ArrowDown size="1em" />
							</ActionIcon>
							<ActionIcon
								variant="default"
								aria-label={`${t("walls.remove")}: ${nameOf(scene)}`}
								disabled={entries.length === 1}
								onClick={() => change({ entries: entries.toSpliced(at, 1) })}
							>
								<Trash2 size="1em" />
							</ActionIcon>
						</li>
					))}
				</ol>
				<Select
					size="xs"
					className={styles.add}
					aria-label={t("walls.addEntry")}
					placeholder={t("walls.addEntry")}
					data-testid="add-entry"
					searchable
					value={null}
					disabled={entries.length >= 60}
					data={walls.scenes.map(({ id, name }) => ({
						value: id,
						label: name,
					}))}
					onChange={(scene) =>
						scene && change({ entries: [...entries, { scene, seconds: 30 }] })
					}
				/>
				<h2>{t("walls.transition")}</h2>
				<SegmentedControl
					size="xs"
					aria-label={t("walls.transition")}
					value={shown.transition}
					data={TRANSITIONS.map((one) => ({
						value: one,
						label: t(`walls.transitions.${one}`),
					}))}
					onChange={(one) =>
						change({ transition: one as Playlist["transition"] })
					}
				/>
				<h2>{t("walls.hours")}</h2>
				{hours.length === 0 && <p className="muted">{t("walls.hoursHelp")}</p>}
				{hours.map((one, at) => (
					<HoursRow
						// biome-ignore lint/suspicious/noArrayIndexKey: hours are told apart by their place
						key={at}
						hours={one}
						change={(part) => setHours(at, part)}
						remove={() => change({ hours: hours.toSpliced(at, 1) })}
					/>
				))}
				<Button
					size="xs"
					variant="default"
					className={styles.add}
					leftSection={<Plus size="1em" aria-hidden />}
					disabled={hours.length >= 14}
					data-testid="add-hours"
					onClick={() =>
						change({
							hours: [
								...hours,
								{
									weekdays: [0, 1, 2, 3, 4],
									from: 7 * 60,
									to: 9 * 60,
									zone: clock,
								},
							],
						})
					}
				>
					{t("walls.addHours")}
				</Button>
				<TriggerEditor
					playlist={playlist.id}
					triggers={shown.triggers}
					change={(triggers) => change({ triggers })}
					walls={walls}
				/>
			</fieldset>
			<ShowButtons show={`playlist.${playlist.id}`} />
		</section>
	);
}

function HoursRow({
	hours,
	change,
	remove,
}: {
	hours: Hours;
	change: (part: Partial<Hours>) => void;
	remove: () => void;
}) {
	const { t, format, language } = useLanguage();
	const written = (minutes: number) =>
		`${String(Math.floor(minutes / 60)).padStart(2, "0")}${language === "id" ? "." : ":"}${String(minutes % 60).padStart(2, "0")}`;
	return (
		<div className={styles.hours}>
			<Chip.Group
				multiple
				value={hours.weekdays.map(String)}
				onChange={(days) => {
					if (days.length > 0)
						change({ weekdays: days.map(Number).sort((a, b) => a - b) });
				}}
			>
				<fieldset className={styles.weekdays} aria-label={t("walls.weekdays")}>
					{WEEKDAYS.map((day) => (
						<Chip key={day} size="xs" value={String(day)}>
							{format.weekday(MONDAY + day)}
						</Chip>
					))}
				</fieldset>
			</Chip.Group>
			{(["from", "to"] as const).map((end) => (
				<TimeField
					key={end}
					label={t(`walls.${end}`)}
					value={written(hours[end])}
					take={(minutes) => change({ [end]: minutes })}
				/>
			))}
			<Select
				size="xs"
				className={styles.zone}
				aria-label={t("walls.zone")}
				allowDeselect={false}
				value={hours.zone}
				data={Object.keys(ZONES)}
				onChange={(zone) => change({ zone: zone as Zone })}
			/>
			<ActionIcon
				variant="default"
				aria-label={`${t("walls.remove")}: ${t("walls.hours")}`}
				onClick={remove}
			>
				<Trash2 size="1em" />
			</ActionIcon>
		</div>
	);
}

function TimeField({
	label,
	value,
	take,
}: {
	label: string;
	value: string;
	take: (minutes: number) => void;
}) {
	const [typed, setTyped] = useState(value);
	return (
		<TextInput
			size="xs"
			className={styles.time}
			aria-label={label}
			leftSection={<small>{label}</small>}
			leftSectionWidth="4rem"
			value={typed}
			error={minutesFrom(typed) === null}
			onChange={({ currentTarget: { value: text } }) => {
				setTyped(text);
				const minutes = minutesFrom(text);
				if (minutes !== null) take(minutes);
			}}
		/>
	);
}
