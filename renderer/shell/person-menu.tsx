import { Button, Menu } from "@mantine/core";
import { LogOut, UserRound } from "lucide-react";
import type { Role } from "../../core/access/role.ts";
import { NATION } from "../../core/areas/codes.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { fetched } from "../parts/ui/fetched.tsx";
import { leave } from "../state/drafts.ts";
import { useSession, useSignOut } from "../state/session.ts";

const RoleChoice = fetched(() => import("./role-choice.tsx"));

/** Who works at this window, and in an exercise as what. */
export function PersonMenu() {
	const { t, format } = useLanguage();
	const { data: session } = useSession();
	const signOut = useSignOut();
	if (!session) return null;
	const { person } = session;
	const role = (of: Role) => t(`signIn.role.${of}`);
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button
					variant="default"
					size="xs"
					title={t("signIn.menu")}
					data-testid="person"
					leftSection={<UserRound size="1.1em" aria-hidden />}
				>
					{person ? role(person.role) : t("signIn.role.official")}
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				{person && (
					<Menu.Label>
						{person.display}
						{" · "}
						{person.scope === NATION ? t("signIn.nation") : person.scope}
						{session.endsAt !== null && (
							<>
								{" · "}
								{t("signIn.until", { time: format.time(session.endsAt) })}
							</>
						)}
						{session.offline && <div>{t("signIn.offline")}</div>}
					</Menu.Label>
				)}
				{session.exercise && <RoleChoice waiting={null} />}
				{person && (
					<Menu.Item
						leftSection={<LogOut size="1.1em" aria-hidden />}
						data-testid="sign-out"
						onClick={() => leave(() => signOut.mutate({}))}
					>
						{t("signIn.leave")}
					</Menu.Item>
				)}
			</Menu.Dropdown>
		</Menu>
	);
}
