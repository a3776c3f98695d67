import { Button, Popover, TextInput } from "@mantine/core";
import { History } from "lucide-react";
import { useState } from "react";
import type { Day } from "../../../core/series/day.ts";
import { dayFromText } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useConnection } from "../../state/connection.ts";
import { isKnownDay, type KnownDays } from "../../state/known-days.ts";
import { useViewOf } from "../../state/view-state.ts";
import { DayCalendar } from "./day-calendar.tsx";

/** Chooses the state of knowledge that the whole screen shows. */
export function AsKnownControl({ days }: { days: KnownDays }) {
	const { t, format } = useLanguage();
	const { asKnown, change } = useViewOf("asKnown", "change");
	const lastDay = useConnection(
		({ state }) => state?.dataset?.lastDay ?? days.to,
	);
	const [opened, setOpened] = useState(false);
	const [draft, setDraft] = useState("");
	const [wrong, setWrong] = useState<string | null>(null);
	const use = (day: Day | undefined) => {
		setWrong(
			day === undefined
				? t("playback.badDate")
				: isKnownDay(days, day)
					? null
					: t("asKnown.outside", {
							from: format.day(days.from),
							to: format.day(days.to),
						}),
		);
		if (day === undefined || !isKnownDay(days, day)) return;
		change({ asKnown: day });
		setOpened(false);
	};
	return (
		<Popover
			opened={opened}
			onChange={setOpened}
			width="20rem"
			position="bottom-end"
			trapFocus
		>
			<Popover.Target>
				<Button
					size="xs"
					variant={asKnown === null ? "default" : "filled"}
					leftSection={<History size="1.1em" />}
					onClick={() => {
						setWrong(null);
						setDraft(asKnown === null ? "" : format.day(asKnown));
						setOpened(!opened);
					}}
					title={t("asKnown.help")}
					data-testid="as-known"
				>
					{asKnown === null
						? t("asKnown.open")
						: t("asKnown.on", { day: format.day(asKnown) })}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<form
					onSubmit={(event) => {
						event.preventDefault();
						use(dayFromText(draft));
					}}
				>
					<TextInput
						label={t("asKnown.label")}
						description={t("asKnown.help")}
						placeholder={t("asKnown.example")}
						value={draft}
						error={wrong}
						onChange={(event) => {
							setWrong(null);
							setDraft(event.currentTarget.value);
						}}
						data-testid="as-known-input"
						data-autofocus
					/>
					<DayCalendar
						from={days.from}
						to={days.to}
						near={asKnown ?? lastDay}
						picked={dayFromText(draft) ?? asKnown}
						pick={use}
					/>
					<div className="row-end">
						<Button
							size="xs"
							variant="default"
							onClick={() => {
								change({ asKnown: null });
								setOpened(false);
							}}
						>
							{t("asKnown.now")}
						</Button>
						<Button size="xs" type="submit">
							{t("asKnown.set")}
						</Button>
					</div>
				</form>
			</Popover.Dropdown>
		</Popover>
	);
}
