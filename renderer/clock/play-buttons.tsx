import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import {
	ChevronFirst,
	ChevronLast,
	ChevronLeft,
	ChevronRight,
	Pause,
	Play,
} from "lucide-react";
import type { Day } from "../../core/series/day.ts";
import { useLanguage } from "../i18n/use-language.ts";
import styles from "./timeline.module.css";
import { clock, useClock } from "./use-clock.ts";

/** First day, a day back, play, a day on, newest day. */
export function PlayButtons({ firstDay }: { firstDay: Day }) {
	const { t } = useLanguage();
	const playing = useClock((clock) => clock.playing);
	return (
		<div className={styles.buttons}>
			<ActionIcon
				variant="subtle"
				aria-label={t("playback.first")}
				onClick={() => clock.goTo(firstDay)}
			>
				<ChevronFirst size="1.3em" />
			</ActionIcon>
			<ActionIcon
				variant="subtle"
				aria-label={t("playback.previous")}
				onClick={() => clock.step(-1)}
			>
				<ChevronLeft size="1.3em" />
			</ActionIcon>
			<Tooltip label={t("playback.keys")}>
				<ActionIcon
					size="xl"
					radius="xl"
					variant="filled"
					aria-label={t(playing ? "playback.pause" : "playback.play")}
					data-testid="play"
					onClick={() => clock.toggle()}
				>
					{playing ? <Pause size="1.4em" /> : <Play size="1.4em" />}
				</ActionIcon>
			</Tooltip>
			<ActionIcon
				variant="subtle"
				aria-label={t("playback.next")}
				onClick={() => clock.step(1)}
			>
				<ChevronRight size="1.3em" />
			</ActionIcon>
			<ActionIcon
				variant="subtle"
				aria-label={t("playback.last")}
				onClick={() => clock.ask(null)}
			>
				<ChevronLast size="1.3em" />
			</ActionIcon>
		</div>
	);
}

/** How many days pass in a second. */
export function SpeedChoice({ speeds }: { speeds: readonly number[] }) {
	const { t, format } = useLanguage();
	const speed = useClock((clock) => clock.speed);
	return (
		<SegmentedControl
			size="xs"
			aria-label={t("playback.speed")}
			className={styles.speed}
			value={String(speed)}
			onChange={(value) => clock.setSpeed(Number(value))}
			data={speeds.map((count) => ({
				value: String(count),
				label: (
					<Tooltip label={t("playback.daysPerSecond", { count })}>
						<span>{format.number(count)}×</span>
					</Tooltip>
				),
			}))}
		/>
	);
}
