import { Button, TextInput } from "@mantine/core";
import { ExternalLink, MonitorPlay, Presentation } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../../i18n/use-language.ts";
import { addressOf } from "../../navigation/address.ts";
import { isDesktop } from "../../state/desktop.ts";
import { leave } from "../../state/drafts.ts";
import { searchText, useSearch } from "../../state/search.ts";
import { useView } from "../../state/view-state.ts";
import styles from "./desk.module.css";
import { wallSearch } from "./search.ts";
import { typeForRoom } from "./wall-room.ts";

/** Puts something on the wall: in this window, or in another one; and says in what room that is. */
export function ShowButtons({ show }: { show: string }) {
	const { t, format } = useLanguage();
	const [search, changeSearch] = useSearch(wallSearch);
	const change = useView((view) => view.change);
	const own = searchText(wallSearch, { ...search, show });
	const address = useView((view) =>
		addressOf({ ...view, own, wall: true, day: null }),
	);
	const remote = useView((view) =>
		addressOf({ ...view, own: { remote: "1" }, wall: true, day: null }),
	);
	const size = typeForRoom(search, innerWidth, innerHeight);
	return (
		<div className={styles.show}>
			<Button
				size="xs"
				variant="default"
				title={t("walls.showHelp")}
				leftSection={<MonitorPlay size="1em" aria-hidden />}
				data-testid="wall-show"
				onClick={() =>
					leave(() => {
						// Refused where there is no whole screen to have: the window is filled all the same.
						void document.documentElement.requestFullscreen?.().catch(() => {});
						change({ own, wall: true });
					})
				}
			>
				{t("walls.show")}
			</Button>
			{!isDesktop() && (
				<Button
					size="xs"
					variant="default"
					component="a"
					href={address}
					target="_blank"
					rel="noopener"
					leftSection={<ExternalLink size="1em" aria-hidden />}
					data-testid="wall-show-elsewhere"
				>
					{t("walls.showElsewhere")}
				</Button>
			)}
			<Button
				size="xs"
				variant="default"
				component="a"
				href={remote}
				{...(!isDesktop() && { target: "_blank", rel: "noopener" })}
				title={t("show.openHelp")}
				leftSection={<Presentation size="1em" aria-hidden />}
				data-testid="open-presenter"
			>
				{t("show.open")}
			</Button>
			<Typed
				label={t("walls.distance")}
				pattern={/^(\d{1,2}([.,]\d)?)?$/}
				value={search.far}
				take={(far) => changeSearch({ far: far.replace(",", ".") })}
			/>
			<Typed
				label={t("walls.diagonal")}
				pattern={/^(\d{1,3})?$/}
				value={search.inch}
				take={(inch) => changeSearch({ inch })}
			/>
			<Typed
				label={t("walls.dim")}
				title={t("walls.dimHelp")}
				placeholder="22-6"
				pattern={/^((1?\d|2[0-3])-(1?\d|2[0-3]))?$/}
				value={search.dim}
				take={(dim) => changeSearch({ dim })}
			/>
			{size !== null && (
				<small className="muted" role="status">
					{t("walls.distanceHelp", { px: format.count(size, 0) })}
				</small>
			)}
		</div>
	);
}

/** A short text that is taken as soon as it makes sense, and marked while it does not. */
function Typed({
	label,
	title,
	placeholder,
	pattern,
	value,
	take,
}: {
	label: string;
	title?: string;
	placeholder?: string;
	pattern: RegExp;
	value: string;
	take: (text: string) => void;
}) {
	const [typed, setTyped] = useState(value);
	return (
		<TextInput
			size="xs"
			className={styles.typed}
			label={label}
			title={title}
			placeholder={placeholder}
			value={typed}
			error={!pattern.test(typed)}
			onChange={({ currentTarget: { value: text } }) => {
				setTyped(text);
				if (pattern.test(text)) take(text);
			}}
		/>
	);
}
