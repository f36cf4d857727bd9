# PowerShell completion for hpc-desk, generated from its command tree.

Register-ArgumentCompleter -Native -CommandName 'hpc-desk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = @(' login', ' sandbox', ' doctor', ' vnc', ' vnc create', ' vnc list', ' vnc show', ' vnc connect', ' vnc screenshot', ' vnc check', ' vnc open', ' vnc delete', ' tunnels', ' tunnels stop', ' viewers', ' whoami', ' logout', ' clusters', ' clusters use', ' config', ' config list', ' config get', ' config set', ' config unset', ' config path', ' completion', ' completion install', ' completion uninstall', ' version', ' help')
    $awaiting = @('-o', '--output', '--fields', '--field', '--profile', '--api-url', '--lang', '--timeout', ' login --user', ' login --access-key', ' login --org-id', ' login --cluster', ' login --platform-url', ' login --auth-url', ' sandbox --desktop', ' sandbox --geometry', ' doctor --via', ' doctor --identity', ' doctor --viewer', ' doctor --report', ' vnc connect --viewer', ' vnc connect --via', ' vnc connect --route', ' vnc connect --identity', ' vnc connect --local-port', ' vnc connect --profile-link', ' vnc screenshot --file', ' vnc screenshot --via', ' vnc screenshot --route', ' vnc screenshot --identity', ' vnc check --via', ' vnc check --route', ' vnc check --identity', ' vnc check --report', ' viewers --viewer')
    $operands = {
        switch -CaseSensitive ("$count$place") {
            '0' {
                @{ Text = 'login'; Summary = 'log in and save the credentials' }
                @{ Text = 'sandbox'; Summary = 'run a local platform with a desktop, for demos and tests' }
                @{ Text = 'doctor'; Summary = 'check everything a desktop needs, and suggest fixes' }
                @{ Text = 'vnc'; Summary = 'manage the desktop session' }
                @{ Text = 'tunnels'; Summary = 'list the tunnels running in the background' }
                @{ Text = 'viewers'; Summary = 'list the VNC viewers on this machine' }
                @{ Text = 'whoami'; Summary = 'show who is logged in, where, and for how long' }
                @{ Text = 'logout'; Summary = 'remove the stored login' }
                @{ Text = 'clusters'; Summary = 'list the clusters of the account' }
                @{ Text = 'config'; Summary = 'read and change settings' }
                @{ Text = 'completion'; Summary = 'print the completion script of a shell' }
                @{ Text = 'version'; Summary = 'print the version' }
                @{ Text = 'help'; Summary = 'show help on a command or topic' }
            }
            '0 vnc' {
                @{ Text = 'create'; Summary = 'create the session, or find the existing one' }
                @{ Text = 'list'; Summary = 'list your sessions' }
                @{ Text = 'show'; Summary = 'show one session and when it will be swept' }
                @{ Text = 'connect'; Summary = 'show the desktop on your screen' }
                @{ Text = 'screenshot'; Summary = 'save a screenshot of the desktop, without a viewer' }
                @{ Text = 'check'; Summary = 'check step by step that the desktop works' }
                @{ Text = 'open'; Summary = "open the platform$([char]0x2019)s web page of a session" }
                @{ Text = 'delete'; Summary = 'delete a session; everything running in it is lost' }
            }
            '0 tunnels' {
                @{ Text = 'stop'; Summary = 'stop a background tunnel' }
            }
            '0 clusters' {
                @{ Text = 'use'; Summary = 'choose the cluster for the next commands' }
            }
            '0 config' {
                @{ Text = 'list'; Summary = 'list all settings with their source' }
                @{ Text = 'get'; Summary = 'print one setting' }
                @{ Text = 'set'; Summary = 'store one setting' }
                @{ Text = 'unset'; Summary = 'remove one setting' }
                @{ Text = 'path'; Summary = 'print the config folder' }
            }
            '0 completion' {
                @{ Text = 'install'; Summary = 'install completion for a shell and list the changes' }
                @{ Text = 'uninstall'; Summary = 'undo what completion install changed' }
            }
        }
        switch -CaseSensitive ("$count$place") {
            '0 vnc show' {
                & $live 'sessions'
            }
            '0 vnc connect' {
                & $live 'sessions'
            }
            '0 vnc screenshot' {
                & $live 'sessions'
            }
            '0 vnc check' {
                & $live 'sessions'
            }
            '0 vnc open' {
                & $live 'sessions'
            }
            '0 vnc delete' {
                & $live 'sessions'
            }
            '0 tunnels stop' {
                & $live 'tunnels'
            }
            '0 clusters use' {
                & $live 'clusters'
            }
            '0 config get' {
                @{ Text = 'apiUrl'; Summary = 'key' }
                @{ Text = 'platformUrl'; Summary = 'key' }
                @{ Text = 'authUrl'; Summary = 'key' }
                @{ Text = 'profile'; Summary = 'key' }
                @{ Text = 'via'; Summary = 'key' }
                @{ Text = 'viewer'; Summary = 'key' }
                @{ Text = 'lang'; Summary = 'key' }
                @{ Text = 'timeout'; Summary = 'key' }
                @{ Text = 'timeZone'; Summary = 'key' }
                @{ Text = 'sweepHour'; Summary = 'key' }
                @{ Text = 'notify'; Summary = 'key' }
            }
            '0 config set' {
                @{ Text = 'apiUrl'; Summary = 'key' }
                @{ Text = 'platformUrl'; Summary = 'key' }
                @{ Text = 'authUrl'; Summary = 'key' }
                @{ Text = 'profile'; Summary = 'key' }
                @{ Text = 'via'; Summary = 'key' }
                @{ Text = 'viewer'; Summary = 'key' }
                @{ Text = 'lang'; Summary = 'key' }
                @{ Text = 'timeout'; Summary = 'key' }
                @{ Text = 'timeZone'; Summary = 'key' }
                @{ Text = 'sweepHour'; Summary = 'key' }
                @{ Text = 'notify'; Summary = 'key' }
            }
            '0 config unset' {
                @{ Text = 'apiUrl'; Summary = 'key' }
                @{ Text = 'platformUrl'; Summary = 'key' }
                @{ Text = 'authUrl'; Summary = 'key' }
                @{ Text = 'profile'; Summary = 'key' }
                @{ Text = 'via'; Summary = 'key' }
                @{ Text = 'viewer'; Summary = 'key' }
                @{ Text = 'lang'; Summary = 'key' }
                @{ Text = 'timeout'; Summary = 'key' }
                @{ Text = 'timeZone'; Summary = 'key' }
                @{ Text = 'sweepHour'; Summary = 'key' }
                @{ Text = 'notify'; Summary = 'key' }
            }
            '0 completion' {
                @{ Text = 'bash'; Summary = 'shell' }
                @{ Text = 'zsh'; Summary = 'shell' }
                @{ Text = 'fish'; Summary = 'shell' }
                @{ Text = 'powershell'; Summary = 'shell' }
            }
            '0 completion install' {
                @{ Text = 'bash'; Summary = 'shell' }
                @{ Text = 'zsh'; Summary = 'shell' }
                @{ Text = 'fish'; Summary = 'shell' }
                @{ Text = 'powershell'; Summary = 'shell' }
            }
            '0 completion uninstall' {
                @{ Text = 'bash'; Summary = 'shell' }
                @{ Text = 'zsh'; Summary = 'shell' }
                @{ Text = 'fish'; Summary = 'shell' }
                @{ Text = 'powershell'; Summary = 'shell' }
            }
            '0 help' {
                @{ Text = 'environment'; Summary = 'topic' }
                @{ Text = 'exit-codes'; Summary = 'topic' }
                @{ Text = 'output'; Summary = 'topic' }
                @{ Text = 'proxy'; Summary = 'topic' }
                @{ Text = 'vnc-viewers'; Summary = 'topic' }
                @{ Text = 'login'; Summary = 'topic' }
                @{ Text = 'sandbox'; Summary = 'topic' }
                @{ Text = 'doctor'; Summary = 'topic' }
                @{ Text = 'vnc'; Summary = 'topic' }
                @{ Text = 'tunnels'; Summary = 'topic' }
                @{ Text = 'viewers'; Summary = 'topic' }
                @{ Text = 'whoami'; Summary = 'topic' }
                @{ Text = 'logout'; Summary = 'topic' }
                @{ Text = 'clusters'; Summary = 'topic' }
                @{ Text = 'config'; Summary = 'topic' }
                @{ Text = 'completion'; Summary = 'topic' }
                @{ Text = 'version'; Summary = 'topic' }
            }
        }
    }
    $options = {
        @{ Text = '--json'; Summary = 'print JSON; same as -o json' }
        @{ Text = '-o'; Summary = 'output format' }
        @{ Text = '--output'; Summary = 'output format' }
        @{ Text = '--fields'; Summary = 'only these fields (comma-separated)' }
        @{ Text = '--field'; Summary = 'print the raw value of one field' }
        @{ Text = '-q'; Summary = 'no progress, hints or warnings' }
        @{ Text = '--quiet'; Summary = 'no progress, hints or warnings' }
        @{ Text = '--debug'; Summary = 'log requests and show stack traces' }
        @{ Text = '--profile'; Summary = 'stored login to use' }
        @{ Text = '--api-url'; Summary = "base URL of the cluster$([char]0x2019)s API" }
        @{ Text = '--lang'; Summary = 'language' }
        @{ Text = '--color'; Summary = 'colour even if the output is not a terminal' }
        @{ Text = '--no-color'; Summary = 'no colour' }
        @{ Text = '--no-input'; Summary = 'never prompt' }
        @{ Text = '--timeout'; Summary = 'time limit of the command, such as 90s, 10m, 2h (default: 60s)' }
        @{ Text = '-h'; Summary = 'show help' }
        @{ Text = '--help'; Summary = 'show help' }
        @{ Text = '-V'; Summary = 'show the version' }
        @{ Text = '--version'; Summary = 'show the version' }
        switch -CaseSensitive ($place) {
            ' login' {
                @{ Text = '--token-stdin'; Summary = 'read a token from standard input' }
                @{ Text = '--user'; Summary = 'platform user name (not the cluster user)' }
                @{ Text = '--access-key'; Summary = 'access key, from the console: personal centre, access control' }
                @{ Text = '--secret-key-stdin'; Summary = 'read the secret key from standard input' }
                @{ Text = '--org-id'; Summary = 'organisation ID, for a password login' }
                @{ Text = '--password-stdin'; Summary = 'read the password from standard input' }
                @{ Text = '--cluster'; Summary = 'cluster to use; part of its name is enough' }
                @{ Text = '--remember'; Summary = 'also store the access key, to log in again when the token has expired' }
                @{ Text = '--platform-url'; Summary = 'base URL of the platform (default: https://www.scnet.cn)' }
                @{ Text = '--auth-url'; Summary = 'base URL for the access-key login (default: https://api.scnet.cn)' }
                @{ Text = '--allow-http'; Summary = 'allow unencrypted http (others on the network can read the credentials)' }
            }
            ' sandbox' {
                @{ Text = '--desktop'; Summary = 'desktop to run: a real Xvnc, or the built-in test desktop' }
                @{ Text = '--geometry'; Summary = 'desktop size in pixels (default: 1920x1080)' }
            }
            ' doctor' {
                @{ Text = '--via'; Summary = 'login node to check, instead of the one in the settings' }
                @{ Text = '--identity'; Summary = 'private key for the login node; user, host and expiry are read from the file name of a console key' }
                @{ Text = '--viewer'; Summary = 'viewer to check, instead of the one in the settings' }
                @{ Text = '--report'; Summary = 'write a report without secrets to a new file' }
            }
            ' vnc create' {
                @{ Text = '--wait'; Summary = 'keep trying while every node is busy (default: 10m)' }
                @{ Text = '--notify'; Summary = 'ring the terminal bell at the end; desktop notification where supported' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc list' {
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc show' {
                @{ Text = '--watch'; Summary = 'print every change, until the session is gone' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc connect' {
                @{ Text = '--viewer'; Summary = 'viewer to start; web: browser page (the fallback of auto); none: only a local port' }
                @{ Text = '--web'; Summary = 'show the desktop in a browser page; same as --viewer web' }
                @{ Text = '--keep'; Summary = 'keep serving the page after its last tab is closed' }
                @{ Text = '--via'; Summary = 'login node for the ssh tunnel' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto uses ssh if a login node is set' }
                @{ Text = '--identity'; Summary = 'private key for the login node; user, host and expiry are read from the file name of a console key' }
                @{ Text = '--local-port'; Summary = 'local port on 127.0.0.1 (default: a free port)' }
                @{ Text = '--allow-any-user'; Summary = 'let every user of this machine connect to the local port' }
                @{ Text = '--view-only'; Summary = 'send no keyboard or pointer events' }
                @{ Text = '--full-screen'; Summary = 'start in full screen' }
                @{ Text = '--profile-link'; Summary = "image quality for a slow or a fast link (default: the viewer$([char]0x2019)s own)" }
                @{ Text = '--no-create'; Summary = 'fail if there is no session, instead of creating one' }
                @{ Text = '--detach'; Summary = 'return once the desktop answers; keep the connection in the background' }
                @{ Text = '--print'; Summary = 'only print the ssh and viewer commands to run by hand' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc screenshot' {
                @{ Text = '--file'; Summary = 'file to create; - for standard output (default: hpc-desk-DATE-TIME.png)' }
                @{ Text = '--show'; Summary = 'show the screenshot in the terminal; saved only with --file' }
                @{ Text = '--via'; Summary = 'login node for the ssh tunnel' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto uses ssh if a login node is set' }
                @{ Text = '--identity'; Summary = 'private key for the login node; user, host and expiry are read from the file name of a console key' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc check' {
                @{ Text = '--via'; Summary = 'login node for the ssh tunnel' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto uses ssh if a login node is set' }
                @{ Text = '--identity'; Summary = 'private key for the login node; user, host and expiry are read from the file name of a console key' }
                @{ Text = '--report'; Summary = 'also write the result as JUnit XML' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc open' {
                @{ Text = '--no-open'; Summary = 'only print the URL, as HPC_DESK_BROWSER=none does' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc delete' {
                @{ Text = '-y'; Summary = 'skip the confirmation' }
                @{ Text = '--yes'; Summary = 'skip the confirmation' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' tunnels stop' {
                @{ Text = '--all'; Summary = 'stop all tunnels' }
            }
            ' viewers' {
                @{ Text = '--all'; Summary = 'also show the search path and how to install a viewer' }
                @{ Text = '--viewer'; Summary = 'viewer to look for: auto, an ID, a path or none' }
            }
            ' whoami' {
                @{ Text = '--all'; Summary = 'list the logins of all profiles' }
                @{ Text = '--verify'; Summary = 'ask the platform whether it accepts the token' }
            }
            ' logout' {
                @{ Text = '--all'; Summary = 'remove the logins of all profiles, also from a damaged store' }
            }
        }
    }
    $values = {
        switch -CaseSensitive ($option, "$place $option") {
            '-o' {
                @{ Text = 'table'; Summary = 'FORMAT' }
                @{ Text = 'json'; Summary = 'FORMAT' }
                @{ Text = 'tsv'; Summary = 'FORMAT' }
                @{ Text = 'name'; Summary = 'FORMAT' }
                @{ Text = 'env'; Summary = 'FORMAT' }
            }
            '--output' {
                @{ Text = 'table'; Summary = 'FORMAT' }
                @{ Text = 'json'; Summary = 'FORMAT' }
                @{ Text = 'tsv'; Summary = 'FORMAT' }
                @{ Text = 'name'; Summary = 'FORMAT' }
                @{ Text = 'env'; Summary = 'FORMAT' }
            }
            '--profile' {
                & $live 'profiles'
            }
            '--lang' {
                @{ Text = 'en'; Summary = 'LANG' }
                @{ Text = 'zh'; Summary = 'LANG' }
            }
            ' login --cluster' {
                & $live 'clusters'
            }
            ' sandbox --desktop' {
                @{ Text = 'auto'; Summary = 'KIND' }
                @{ Text = 'xvnc'; Summary = 'KIND' }
                @{ Text = 'builtin'; Summary = 'KIND' }
            }
            ' doctor --viewer' {
                & $live 'viewers'
            }
            ' vnc connect --viewer' {
                & $live 'viewers'
            }
            ' vnc connect --route' {
                @{ Text = 'auto'; Summary = 'ROUTE' }
                @{ Text = 'direct'; Summary = 'ROUTE' }
                @{ Text = 'ssh'; Summary = 'ROUTE' }
            }
            ' vnc connect --profile-link' {
                @{ Text = 'slow'; Summary = 'LINK' }
                @{ Text = 'lan'; Summary = 'LINK' }
            }
            ' vnc screenshot --route' {
                @{ Text = 'auto'; Summary = 'ROUTE' }
                @{ Text = 'direct'; Summary = 'ROUTE' }
                @{ Text = 'ssh'; Summary = 'ROUTE' }
            }
            ' vnc check --route' {
                @{ Text = 'auto'; Summary = 'ROUTE' }
                @{ Text = 'direct'; Summary = 'ROUTE' }
                @{ Text = 'ssh'; Summary = 'ROUTE' }
            }
            ' viewers --viewer' {
                & $live 'viewers'
            }
            ' login --fields' {
                @{ Text = 'profile'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'clusterUser'; Summary = 'NAMES' }
                @{ Text = 'cluster.id'; Summary = 'NAMES' }
                @{ Text = 'cluster.name'; Summary = 'NAMES' }
                @{ Text = 'apiUrl'; Summary = 'NAMES' }
                @{ Text = 'platformUrl'; Summary = 'NAMES' }
                @{ Text = 'accountStatus'; Summary = 'NAMES' }
                @{ Text = 'expiresAt'; Summary = 'NAMES' }
                @{ Text = 'storedIn'; Summary = 'NAMES' }
            }
            ' login --field' {
                @{ Text = 'profile'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'clusterUser'; Summary = 'NAME' }
                @{ Text = 'cluster.id'; Summary = 'NAME' }
                @{ Text = 'cluster.name'; Summary = 'NAME' }
                @{ Text = 'apiUrl'; Summary = 'NAME' }
                @{ Text = 'platformUrl'; Summary = 'NAME' }
                @{ Text = 'accountStatus'; Summary = 'NAME' }
                @{ Text = 'expiresAt'; Summary = 'NAME' }
                @{ Text = 'storedIn'; Summary = 'NAME' }
            }
            ' sandbox --fields' {
                @{ Text = 'apiUrl'; Summary = 'NAMES' }
                @{ Text = 'platformUrl'; Summary = 'NAMES' }
                @{ Text = 'authUrl'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'password'; Summary = 'NAMES' }
                @{ Text = 'orgId'; Summary = 'NAMES' }
                @{ Text = 'accessKey'; Summary = 'NAMES' }
                @{ Text = 'secretKey'; Summary = 'NAMES' }
                @{ Text = 'cluster.id'; Summary = 'NAMES' }
                @{ Text = 'cluster.name'; Summary = 'NAMES' }
                @{ Text = 'token'; Summary = 'NAMES' }
            }
            ' sandbox --field' {
                @{ Text = 'apiUrl'; Summary = 'NAME' }
                @{ Text = 'platformUrl'; Summary = 'NAME' }
                @{ Text = 'authUrl'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'password'; Summary = 'NAME' }
                @{ Text = 'orgId'; Summary = 'NAME' }
                @{ Text = 'accessKey'; Summary = 'NAME' }
                @{ Text = 'secretKey'; Summary = 'NAME' }
                @{ Text = 'cluster.id'; Summary = 'NAME' }
                @{ Text = 'cluster.name'; Summary = 'NAME' }
                @{ Text = 'token'; Summary = 'NAME' }
            }
            ' doctor --fields' {
                @{ Text = 'healthy'; Summary = 'NAMES' }
                @{ Text = 'checks'; Summary = 'NAMES' }
                @{ Text = 'report.file'; Summary = 'NAMES' }
                @{ Text = 'report.text'; Summary = 'NAMES' }
            }
            ' doctor --field' {
                @{ Text = 'healthy'; Summary = 'NAME' }
                @{ Text = 'checks'; Summary = 'NAME' }
                @{ Text = 'report.file'; Summary = 'NAME' }
                @{ Text = 'report.text'; Summary = 'NAME' }
            }
            ' vnc create --fields' {
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'name'; Summary = 'NAMES' }
                @{ Text = 'hostname'; Summary = 'NAMES' }
                @{ Text = 'ip'; Summary = 'NAMES' }
                @{ Text = 'display'; Summary = 'NAMES' }
                @{ Text = 'port'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'job'; Summary = 'NAMES' }
                @{ Text = 'widthPx'; Summary = 'NAMES' }
                @{ Text = 'heightPx'; Summary = 'NAMES' }
                @{ Text = 'createdAt'; Summary = 'NAMES' }
                @{ Text = 'sweepAt'; Summary = 'NAMES' }
                @{ Text = 'created'; Summary = 'NAMES' }
            }
            ' vnc create --field' {
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'name'; Summary = 'NAME' }
                @{ Text = 'hostname'; Summary = 'NAME' }
                @{ Text = 'ip'; Summary = 'NAME' }
                @{ Text = 'display'; Summary = 'NAME' }
                @{ Text = 'port'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'job'; Summary = 'NAME' }
                @{ Text = 'widthPx'; Summary = 'NAME' }
                @{ Text = 'heightPx'; Summary = 'NAME' }
                @{ Text = 'createdAt'; Summary = 'NAME' }
                @{ Text = 'sweepAt'; Summary = 'NAME' }
                @{ Text = 'created'; Summary = 'NAME' }
            }
            ' vnc list --fields' {
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'name'; Summary = 'NAMES' }
                @{ Text = 'hostname'; Summary = 'NAMES' }
                @{ Text = 'ip'; Summary = 'NAMES' }
                @{ Text = 'display'; Summary = 'NAMES' }
                @{ Text = 'port'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'job'; Summary = 'NAMES' }
                @{ Text = 'widthPx'; Summary = 'NAMES' }
                @{ Text = 'heightPx'; Summary = 'NAMES' }
                @{ Text = 'createdAt'; Summary = 'NAMES' }
                @{ Text = 'sweepAt'; Summary = 'NAMES' }
            }
            ' vnc list --field' {
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'name'; Summary = 'NAME' }
                @{ Text = 'hostname'; Summary = 'NAME' }
                @{ Text = 'ip'; Summary = 'NAME' }
                @{ Text = 'display'; Summary = 'NAME' }
                @{ Text = 'port'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'job'; Summary = 'NAME' }
                @{ Text = 'widthPx'; Summary = 'NAME' }
                @{ Text = 'heightPx'; Summary = 'NAME' }
                @{ Text = 'createdAt'; Summary = 'NAME' }
                @{ Text = 'sweepAt'; Summary = 'NAME' }
            }
            ' vnc show --fields' {
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'name'; Summary = 'NAMES' }
                @{ Text = 'hostname'; Summary = 'NAMES' }
                @{ Text = 'ip'; Summary = 'NAMES' }
                @{ Text = 'display'; Summary = 'NAMES' }
                @{ Text = 'port'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'job'; Summary = 'NAMES' }
                @{ Text = 'widthPx'; Summary = 'NAMES' }
                @{ Text = 'heightPx'; Summary = 'NAMES' }
                @{ Text = 'createdAt'; Summary = 'NAMES' }
                @{ Text = 'sweepAt'; Summary = 'NAMES' }
            }
            ' vnc show --field' {
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'name'; Summary = 'NAME' }
                @{ Text = 'hostname'; Summary = 'NAME' }
                @{ Text = 'ip'; Summary = 'NAME' }
                @{ Text = 'display'; Summary = 'NAME' }
                @{ Text = 'port'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'job'; Summary = 'NAME' }
                @{ Text = 'widthPx'; Summary = 'NAME' }
                @{ Text = 'heightPx'; Summary = 'NAME' }
                @{ Text = 'createdAt'; Summary = 'NAME' }
                @{ Text = 'sweepAt'; Summary = 'NAME' }
            }
            ' vnc connect --fields' {
                @{ Text = 'mode'; Summary = 'NAMES' }
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'target'; Summary = 'NAMES' }
                @{ Text = 'route'; Summary = 'NAMES' }
                @{ Text = 'via'; Summary = 'NAMES' }
                @{ Text = 'address'; Summary = 'NAMES' }
                @{ Text = 'port'; Summary = 'NAMES' }
                @{ Text = 'url'; Summary = 'NAMES' }
                @{ Text = 'viewer.id'; Summary = 'NAMES' }
                @{ Text = 'viewer.path'; Summary = 'NAMES' }
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'tunnel.argv'; Summary = 'NAMES' }
                @{ Text = 'viewer.argv'; Summary = 'NAMES' }
                @{ Text = 'shell'; Summary = 'NAMES' }
                @{ Text = 'commands.posix'; Summary = 'NAMES' }
                @{ Text = 'commands.powershell'; Summary = 'NAMES' }
            }
            ' vnc connect --field' {
                @{ Text = 'mode'; Summary = 'NAME' }
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'target'; Summary = 'NAME' }
                @{ Text = 'route'; Summary = 'NAME' }
                @{ Text = 'via'; Summary = 'NAME' }
                @{ Text = 'address'; Summary = 'NAME' }
                @{ Text = 'port'; Summary = 'NAME' }
                @{ Text = 'url'; Summary = 'NAME' }
                @{ Text = 'viewer.id'; Summary = 'NAME' }
                @{ Text = 'viewer.path'; Summary = 'NAME' }
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'tunnel.argv'; Summary = 'NAME' }
                @{ Text = 'viewer.argv'; Summary = 'NAME' }
                @{ Text = 'shell'; Summary = 'NAME' }
                @{ Text = 'commands.posix'; Summary = 'NAME' }
                @{ Text = 'commands.powershell'; Summary = 'NAME' }
            }
            ' vnc screenshot --fields' {
                @{ Text = 'file'; Summary = 'NAMES' }
                @{ Text = 'widthPx'; Summary = 'NAMES' }
                @{ Text = 'heightPx'; Summary = 'NAMES' }
                @{ Text = 'bytes'; Summary = 'NAMES' }
            }
            ' vnc screenshot --field' {
                @{ Text = 'file'; Summary = 'NAME' }
                @{ Text = 'widthPx'; Summary = 'NAME' }
                @{ Text = 'heightPx'; Summary = 'NAME' }
                @{ Text = 'bytes'; Summary = 'NAME' }
            }
            ' vnc check --fields' {
                @{ Text = 'healthy'; Summary = 'NAMES' }
                @{ Text = 'rfb.version'; Summary = 'NAMES' }
                @{ Text = 'rfb.securityTypes'; Summary = 'NAMES' }
                @{ Text = 'rfb.widthPx'; Summary = 'NAMES' }
                @{ Text = 'rfb.heightPx'; Summary = 'NAMES' }
                @{ Text = 'rfb.desktopName'; Summary = 'NAMES' }
                @{ Text = 'checks'; Summary = 'NAMES' }
            }
            ' vnc check --field' {
                @{ Text = 'healthy'; Summary = 'NAME' }
                @{ Text = 'rfb.version'; Summary = 'NAME' }
                @{ Text = 'rfb.securityTypes'; Summary = 'NAME' }
                @{ Text = 'rfb.widthPx'; Summary = 'NAME' }
                @{ Text = 'rfb.heightPx'; Summary = 'NAME' }
                @{ Text = 'rfb.desktopName'; Summary = 'NAME' }
                @{ Text = 'checks'; Summary = 'NAME' }
            }
            ' vnc open --fields' {
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'url'; Summary = 'NAMES' }
            }
            ' vnc open --field' {
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'url'; Summary = 'NAME' }
            }
            ' vnc delete --fields' {
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'deleted'; Summary = 'NAMES' }
                @{ Text = 'alreadyGone'; Summary = 'NAMES' }
            }
            ' vnc delete --field' {
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'deleted'; Summary = 'NAME' }
                @{ Text = 'alreadyGone'; Summary = 'NAME' }
            }
            ' tunnels --fields' {
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'pid'; Summary = 'NAMES' }
                @{ Text = 'sessionId'; Summary = 'NAMES' }
                @{ Text = 'mode'; Summary = 'NAMES' }
                @{ Text = 'target'; Summary = 'NAMES' }
                @{ Text = 'route'; Summary = 'NAMES' }
                @{ Text = 'via'; Summary = 'NAMES' }
                @{ Text = 'address'; Summary = 'NAMES' }
                @{ Text = 'port'; Summary = 'NAMES' }
                @{ Text = 'url'; Summary = 'NAMES' }
                @{ Text = 'startedAt'; Summary = 'NAMES' }
                @{ Text = 'state'; Summary = 'NAMES' }
                @{ Text = 'viewer'; Summary = 'NAMES' }
                @{ Text = 'failure'; Summary = 'NAMES' }
                @{ Text = 'sweepAt'; Summary = 'NAMES' }
            }
            ' tunnels --field' {
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'pid'; Summary = 'NAME' }
                @{ Text = 'sessionId'; Summary = 'NAME' }
                @{ Text = 'mode'; Summary = 'NAME' }
                @{ Text = 'target'; Summary = 'NAME' }
                @{ Text = 'route'; Summary = 'NAME' }
                @{ Text = 'via'; Summary = 'NAME' }
                @{ Text = 'address'; Summary = 'NAME' }
                @{ Text = 'port'; Summary = 'NAME' }
                @{ Text = 'url'; Summary = 'NAME' }
                @{ Text = 'startedAt'; Summary = 'NAME' }
                @{ Text = 'state'; Summary = 'NAME' }
                @{ Text = 'viewer'; Summary = 'NAME' }
                @{ Text = 'failure'; Summary = 'NAME' }
                @{ Text = 'sweepAt'; Summary = 'NAME' }
            }
            ' tunnels stop --fields' {
                @{ Text = 'stopped'; Summary = 'NAMES' }
            }
            ' tunnels stop --field' {
                @{ Text = 'stopped'; Summary = 'NAME' }
            }
            ' viewers --fields' {
                @{ Text = 'wish'; Summary = 'NAMES' }
                @{ Text = 'wishedBy'; Summary = 'NAMES' }
                @{ Text = 'viewers'; Summary = 'NAMES' }
                @{ Text = 'searched'; Summary = 'NAMES' }
                @{ Text = 'install'; Summary = 'NAMES' }
            }
            ' viewers --field' {
                @{ Text = 'wish'; Summary = 'NAME' }
                @{ Text = 'wishedBy'; Summary = 'NAME' }
                @{ Text = 'viewers'; Summary = 'NAME' }
                @{ Text = 'searched'; Summary = 'NAME' }
                @{ Text = 'install'; Summary = 'NAME' }
            }
            ' whoami --fields' {
                @{ Text = 'profile'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'clusterUser'; Summary = 'NAMES' }
                @{ Text = 'cluster.id'; Summary = 'NAMES' }
                @{ Text = 'cluster.name'; Summary = 'NAMES' }
                @{ Text = 'apiUrl'; Summary = 'NAMES' }
                @{ Text = 'platformUrl'; Summary = 'NAMES' }
                @{ Text = 'accountStatus'; Summary = 'NAMES' }
                @{ Text = 'expiresAt'; Summary = 'NAMES' }
                @{ Text = 'storedIn'; Summary = 'NAMES' }
                @{ Text = 'tokenSource'; Summary = 'NAMES' }
                @{ Text = 'expired'; Summary = 'NAMES' }
                @{ Text = 'expiresInSeconds'; Summary = 'NAMES' }
                @{ Text = 'current'; Summary = 'NAMES' }
            }
            ' whoami --field' {
                @{ Text = 'profile'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'clusterUser'; Summary = 'NAME' }
                @{ Text = 'cluster.id'; Summary = 'NAME' }
                @{ Text = 'cluster.name'; Summary = 'NAME' }
                @{ Text = 'apiUrl'; Summary = 'NAME' }
                @{ Text = 'platformUrl'; Summary = 'NAME' }
                @{ Text = 'accountStatus'; Summary = 'NAME' }
                @{ Text = 'expiresAt'; Summary = 'NAME' }
                @{ Text = 'storedIn'; Summary = 'NAME' }
                @{ Text = 'tokenSource'; Summary = 'NAME' }
                @{ Text = 'expired'; Summary = 'NAME' }
                @{ Text = 'expiresInSeconds'; Summary = 'NAME' }
                @{ Text = 'current'; Summary = 'NAME' }
            }
            ' logout --fields' {
                @{ Text = 'removed'; Summary = 'NAMES' }
            }
            ' logout --field' {
                @{ Text = 'removed'; Summary = 'NAME' }
            }
            ' clusters --fields' {
                @{ Text = 'id'; Summary = 'NAMES' }
                @{ Text = 'name'; Summary = 'NAMES' }
                @{ Text = 'usable'; Summary = 'NAMES' }
                @{ Text = 'current'; Summary = 'NAMES' }
                @{ Text = 'accountStatus'; Summary = 'NAMES' }
            }
            ' clusters --field' {
                @{ Text = 'id'; Summary = 'NAME' }
                @{ Text = 'name'; Summary = 'NAME' }
                @{ Text = 'usable'; Summary = 'NAME' }
                @{ Text = 'current'; Summary = 'NAME' }
                @{ Text = 'accountStatus'; Summary = 'NAME' }
            }
            ' clusters use --fields' {
                @{ Text = 'profile'; Summary = 'NAMES' }
                @{ Text = 'user'; Summary = 'NAMES' }
                @{ Text = 'clusterUser'; Summary = 'NAMES' }
                @{ Text = 'cluster.id'; Summary = 'NAMES' }
                @{ Text = 'cluster.name'; Summary = 'NAMES' }
                @{ Text = 'apiUrl'; Summary = 'NAMES' }
                @{ Text = 'platformUrl'; Summary = 'NAMES' }
                @{ Text = 'accountStatus'; Summary = 'NAMES' }
                @{ Text = 'expiresAt'; Summary = 'NAMES' }
                @{ Text = 'storedIn'; Summary = 'NAMES' }
            }
            ' clusters use --field' {
                @{ Text = 'profile'; Summary = 'NAME' }
                @{ Text = 'user'; Summary = 'NAME' }
                @{ Text = 'clusterUser'; Summary = 'NAME' }
                @{ Text = 'cluster.id'; Summary = 'NAME' }
                @{ Text = 'cluster.name'; Summary = 'NAME' }
                @{ Text = 'apiUrl'; Summary = 'NAME' }
                @{ Text = 'platformUrl'; Summary = 'NAME' }
                @{ Text = 'accountStatus'; Summary = 'NAME' }
                @{ Text = 'expiresAt'; Summary = 'NAME' }
                @{ Text = 'storedIn'; Summary = 'NAME' }
            }
            ' config list --fields' {
                @{ Text = 'apiUrl.value'; Summary = 'NAMES' }
                @{ Text = 'apiUrl.source'; Summary = 'NAMES' }
                @{ Text = 'platformUrl.value'; Summary = 'NAMES' }
                @{ Text = 'platformUrl.source'; Summary = 'NAMES' }
                @{ Text = 'authUrl.value'; Summary = 'NAMES' }
                @{ Text = 'authUrl.source'; Summary = 'NAMES' }
                @{ Text = 'profile.value'; Summary = 'NAMES' }
                @{ Text = 'profile.source'; Summary = 'NAMES' }
                @{ Text = 'via.value'; Summary = 'NAMES' }
                @{ Text = 'via.source'; Summary = 'NAMES' }
                @{ Text = 'viewer.value'; Summary = 'NAMES' }
                @{ Text = 'viewer.source'; Summary = 'NAMES' }
                @{ Text = 'lang.value'; Summary = 'NAMES' }
                @{ Text = 'lang.source'; Summary = 'NAMES' }
                @{ Text = 'timeout.value'; Summary = 'NAMES' }
                @{ Text = 'timeout.source'; Summary = 'NAMES' }
                @{ Text = 'timeZone.value'; Summary = 'NAMES' }
                @{ Text = 'timeZone.source'; Summary = 'NAMES' }
                @{ Text = 'sweepHour.value'; Summary = 'NAMES' }
                @{ Text = 'sweepHour.source'; Summary = 'NAMES' }
                @{ Text = 'notify.value'; Summary = 'NAMES' }
                @{ Text = 'notify.source'; Summary = 'NAMES' }
            }
            ' config list --field' {
                @{ Text = 'apiUrl.value'; Summary = 'NAME' }
                @{ Text = 'apiUrl.source'; Summary = 'NAME' }
                @{ Text = 'platformUrl.value'; Summary = 'NAME' }
                @{ Text = 'platformUrl.source'; Summary = 'NAME' }
                @{ Text = 'authUrl.value'; Summary = 'NAME' }
                @{ Text = 'authUrl.source'; Summary = 'NAME' }
                @{ Text = 'profile.value'; Summary = 'NAME' }
                @{ Text = 'profile.source'; Summary = 'NAME' }
                @{ Text = 'via.value'; Summary = 'NAME' }
                @{ Text = 'via.source'; Summary = 'NAME' }
                @{ Text = 'viewer.value'; Summary = 'NAME' }
                @{ Text = 'viewer.source'; Summary = 'NAME' }
                @{ Text = 'lang.value'; Summary = 'NAME' }
                @{ Text = 'lang.source'; Summary = 'NAME' }
                @{ Text = 'timeout.value'; Summary = 'NAME' }
                @{ Text = 'timeout.source'; Summary = 'NAME' }
                @{ Text = 'timeZone.value'; Summary = 'NAME' }
                @{ Text = 'timeZone.source'; Summary = 'NAME' }
                @{ Text = 'sweepHour.value'; Summary = 'NAME' }
                @{ Text = 'sweepHour.source'; Summary = 'NAME' }
                @{ Text = 'notify.value'; Summary = 'NAME' }
                @{ Text = 'notify.source'; Summary = 'NAME' }
            }
            ' config set --fields' {
                @{ Text = 'key'; Summary = 'NAMES' }
                @{ Text = 'value'; Summary = 'NAMES' }
            }
            ' config set --field' {
                @{ Text = 'key'; Summary = 'NAME' }
                @{ Text = 'value'; Summary = 'NAME' }
            }
            ' config unset --fields' {
                @{ Text = 'key'; Summary = 'NAMES' }
            }
            ' config unset --field' {
                @{ Text = 'key'; Summary = 'NAME' }
            }
            ' completion install --fields' {
                @{ Text = 'shell'; Summary = 'NAMES' }
                @{ Text = 'startFile'; Summary = 'NAMES' }
                @{ Text = 'loadLine'; Summary = 'NAMES' }
                @{ Text = 'changes'; Summary = 'NAMES' }
                @{ Text = 'lines'; Summary = 'NAMES' }
            }
            ' completion install --field' {
                @{ Text = 'shell'; Summary = 'NAME' }
                @{ Text = 'startFile'; Summary = 'NAME' }
                @{ Text = 'loadLine'; Summary = 'NAME' }
                @{ Text = 'changes'; Summary = 'NAME' }
                @{ Text = 'lines'; Summary = 'NAME' }
            }
            ' completion uninstall --fields' {
                @{ Text = 'shell'; Summary = 'NAMES' }
                @{ Text = 'change'; Summary = 'NAMES' }
                @{ Text = 'path'; Summary = 'NAMES' }
            }
            ' completion uninstall --field' {
                @{ Text = 'shell'; Summary = 'NAME' }
                @{ Text = 'change'; Summary = 'NAME' }
                @{ Text = 'path'; Summary = 'NAME' }
            }
        }
    }

    $live = {
        param($kind)
        # Batch files parse their arguments again, so only plain words are passed.
        $plain = @($typed | Where-Object { $_ -cmatch '^[A-Za-z0-9_./:=@,+-]+$' })
        try {
            $found = @(Get-Command -Name 'hpc-desk' -CommandType 'Application', 'ExternalScript' -ErrorAction Stop)[0]
            $lines = @($null | & $found '__complete' $kind '--' @plain 2>$null)
        } catch { return }
        foreach ($line in $lines) {
            $text, $note = "$line" -split '\t', 2
            # PowerShell inserts without quoting, so only plain words are accepted, and no options.
            if ($text -cmatch '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*\z') { @{ Text = $text; Summary = $(if ($note) { $note } else { $text }) } }
        }
    }

    $typed = @()
    $place = ''
    $count = 0
    $option = ''
    $literal = $false
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        $typed += $word
        if ($option -ne '') {
            $option = ''
        } elseif (-not $literal -and $word -ceq '--') {
            $literal = $true
        } elseif (-not $literal -and $word -like '-?*') {
            if ($awaiting -ccontains $word -or $awaiting -ccontains "$place $word") { $option = $word }
        } elseif ($commands -ccontains "$place $word") {
            $place = "$place $word"
            $count = 0
        } else {
            $count++
        }
    }

    $lead = ''
    if ($option -eq '' -and -not $literal -and $wordToComplete -match '^(--[^=]+)=') {
        $option = $Matches[1]
        $lead = "$option="
    }
    $items = @(
        if ($option -ne '') { & $values }
        elseif (-not $literal -and $wordToComplete -like '-*') { & $options }
        else { & $operands }
    )
    if ($items.Count -eq 0 -and $option -eq '' -and -not $literal -and $wordToComplete -eq '') {
        $items = @(& $options)
    }
    # Without results PowerShell falls back to file names.
    foreach ($item in $items) {
        $text = $lead + $item.Text
        if ($text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) {
            [System.Management.Automation.CompletionResult]::new($text, $item.Text, 'ParameterValue', $item.Summary)
        }
    }
}
