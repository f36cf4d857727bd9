# PowerShell completion for hpc-desk, generated from its command tree.

Register-ArgumentCompleter -Native -CommandName 'hpc-desk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commands = @(' login', ' sandbox', ' doctor', ' vnc', ' vnc create', ' vnc list', ' vnc show', ' vnc connect', ' vnc screenshot', ' vnc check', ' vnc open', ' vnc delete', ' viewers', ' whoami', ' logout', ' clusters', ' clusters use', ' config', ' config list', ' config get', ' config set', ' config unset', ' config path', ' completion')
    $awaiting = @('-o', '--output', '--fields', '--field', '--profile', '--api-url', '--lang', '--timeout', ' login --user', ' login --access-key', ' login --org-id', ' login --cluster', ' login --platform-url', ' login --auth-url', ' sandbox --desktop', ' sandbox --geometry', ' doctor --via', ' doctor --viewer', ' doctor --report', ' vnc connect --viewer', ' vnc connect --via', ' vnc connect --route', ' vnc connect --identity', ' vnc connect --local-port', ' vnc connect --profile-link', ' vnc screenshot --file', ' vnc screenshot --via', ' vnc screenshot --route', ' vnc screenshot --identity', ' vnc check --via', ' vnc check --route', ' vnc check --identity', ' viewers --viewer')
    $operands = {
        switch -CaseSensitive ("$count$place") {
            '0' {
                @{ Text = 'login'; Summary = 'log in and store what the platform answers' }
                @{ Text = 'sandbox'; Summary = 'run a complete local platform with a desktop, for trying and testing' }
                @{ Text = 'doctor'; Summary = 'check everything that a desktop needs, and say what to do' }
                @{ Text = 'vnc'; Summary = 'work with the desktop session' }
                @{ Text = 'viewers'; Summary = 'show the VNC viewers of this machine and which one is used' }
                @{ Text = 'whoami'; Summary = 'show who is logged in, where, and for how long' }
                @{ Text = 'logout'; Summary = 'remove the stored login' }
                @{ Text = 'clusters'; Summary = 'list the clusters of the account' }
                @{ Text = 'config'; Summary = 'read and change settings' }
                @{ Text = 'completion'; Summary = 'print the completion script of a shell' }
            }
            '0 vnc' {
                @{ Text = 'create'; Summary = 'create the session, or find the one that exists' }
                @{ Text = 'list'; Summary = 'list your sessions' }
                @{ Text = 'show'; Summary = 'show one session and when it will be swept' }
                @{ Text = 'connect'; Summary = 'show the desktop on this screen' }
                @{ Text = 'screenshot'; Summary = 'save a picture of the desktop, without a viewer' }
                @{ Text = 'check'; Summary = 'check step by step that the desktop works' }
                @{ Text = 'open'; Summary = "open the platform$([char]0x2019)s own web page of a session" }
                @{ Text = 'delete'; Summary = 'delete a session; what runs in it is lost' }
            }
            '0 clusters' {
                @{ Text = 'use'; Summary = 'choose the cluster for the next commands' }
            }
            '0 config' {
                @{ Text = 'list'; Summary = 'list all settings and what set them' }
                @{ Text = 'get'; Summary = 'print one setting' }
                @{ Text = 'set'; Summary = 'store one setting' }
                @{ Text = 'unset'; Summary = 'remove one setting' }
                @{ Text = 'path'; Summary = 'print the folder of settings and credentials' }
            }
        }
        switch -CaseSensitive ("$count$place") {
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
            }
            '0 completion' {
                @{ Text = 'bash'; Summary = 'shell' }
                @{ Text = 'zsh'; Summary = 'shell' }
                @{ Text = 'fish'; Summary = 'shell' }
                @{ Text = 'powershell'; Summary = 'shell' }
            }
        }
    }
    $options = {
        @{ Text = '--json'; Summary = 'print JSON; the same as -o json' }
        @{ Text = '-o'; Summary = 'output format' }
        @{ Text = '--output'; Summary = 'output format' }
        @{ Text = '--fields'; Summary = 'only these fields, separated by commas' }
        @{ Text = '--field'; Summary = 'only the raw value of one field' }
        @{ Text = '-q'; Summary = 'no progress, hints or warnings' }
        @{ Text = '--quiet'; Summary = 'no progress, hints or warnings' }
        @{ Text = '--debug'; Summary = 'say what is sent where, and show stack traces' }
        @{ Text = '--profile'; Summary = 'stored login to use' }
        @{ Text = '--api-url'; Summary = "base URL of the region$([char]0x2019)s API" }
        @{ Text = '--lang'; Summary = 'language' }
        @{ Text = '--color'; Summary = 'colour even where none is expected' }
        @{ Text = '--no-color'; Summary = 'no colour' }
        @{ Text = '--no-input'; Summary = 'never ask' }
        @{ Text = '--timeout'; Summary = 'limit for the whole command: 90s, 10m, 2h (default: 60s)' }
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
                @{ Text = '--org-id'; Summary = 'organisation id, for a log-in by password' }
                @{ Text = '--password-stdin'; Summary = 'read the password from standard input' }
                @{ Text = '--cluster'; Summary = 'region to use; part of its name is enough' }
                @{ Text = '--remember'; Summary = 'keep the access key too, for a fresh log-in when the token has died' }
                @{ Text = '--platform-url'; Summary = 'base URL of the platform (default: https://www.scnet.cn)' }
                @{ Text = '--auth-url'; Summary = 'base URL of the log-in by access key (default: https://api.scnet.cn)' }
                @{ Text = '--allow-http'; Summary = 'accept plain http (what is sent is readable on the way)' }
            }
            ' sandbox' {
                @{ Text = '--desktop'; Summary = 'what stands behind a session: a real Xvnc, or the built-in test card' }
                @{ Text = '--geometry'; Summary = 'size of the desktop in pixels (default: 1920x1080)' }
            }
            ' doctor' {
                @{ Text = '--via'; Summary = 'login node to check, instead of the one in the settings' }
                @{ Text = '--viewer'; Summary = 'viewer to check, instead of the one in the settings' }
                @{ Text = '--report'; Summary = 'write a report without secrets to a new file, after showing it' }
            }
            ' vnc create' {
                @{ Text = '--wait'; Summary = 'keep trying while every node is busy (default: 10m)' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc list' {
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc show' {
                @{ Text = '--watch'; Summary = 'show it again at each change, until it is gone' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc connect' {
                @{ Text = '--viewer'; Summary = 'viewer to start; web: a page in the browser, as auto where none is found; none: only a port' }
                @{ Text = '--web'; Summary = 'show the desktop on a page in the browser, the same as --viewer web' }
                @{ Text = '--keep'; Summary = 'with the page: go on after its last tab has gone' }
                @{ Text = '--via'; Summary = 'login node to tunnel through, with your own ssh' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto takes ssh when a login node is known' }
                @{ Text = '--identity'; Summary = 'private key for the login node; the name of one from the console tells user, host and expiry' }
                @{ Text = '--local-port'; Summary = 'port on 127.0.0.1 to listen on (default: any free one)' }
                @{ Text = '--view-only'; Summary = 'send no keys and no pointer' }
                @{ Text = '--full-screen'; Summary = 'start in full screen' }
                @{ Text = '--profile-link'; Summary = 'picture for a slow link or for a fast one (default: as the viewer is set)' }
                @{ Text = '--no-create'; Summary = 'fail when there is no session instead of creating one' }
                @{ Text = '--print'; Summary = 'only print the ssh and viewer lines that do the same by hand' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc screenshot' {
                @{ Text = '--file'; Summary = 'new file to write, - for standard output (default: hpc-desk-DATE-TIME.png here)' }
                @{ Text = '--show'; Summary = 'draw the picture in this terminal; saves nothing unless --file is given' }
                @{ Text = '--via'; Summary = 'login node to tunnel through, with your own ssh' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto takes ssh when a login node is known' }
                @{ Text = '--identity'; Summary = 'private key for the login node; the name of one from the console tells user, host and expiry' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc check' {
                @{ Text = '--via'; Summary = 'login node to tunnel through, with your own ssh' }
                @{ Text = '--route'; Summary = 'how to reach the node; auto takes ssh when a login node is known' }
                @{ Text = '--identity'; Summary = 'private key for the login node; the name of one from the console tells user, host and expiry' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc open' {
                @{ Text = '--no-open'; Summary = 'only print the URL; HPC_DESK_BROWSER=none means the same, another value names the browser' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' vnc delete' {
                @{ Text = '-y'; Summary = 'do not ask' }
                @{ Text = '--yes'; Summary = 'do not ask' }
                @{ Text = '--allow-target'; Summary = 'accept a session on a loopback address' }
            }
            ' viewers' {
                @{ Text = '--viewer'; Summary = 'viewer to look for: auto, an id, a path or none' }
            }
            ' whoami' {
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
            '--lang' {
                @{ Text = 'en'; Summary = 'LANG' }
                @{ Text = 'zh'; Summary = 'LANG' }
            }
            ' sandbox --desktop' {
                @{ Text = 'auto'; Summary = 'KIND' }
                @{ Text = 'xvnc'; Summary = 'KIND' }
                @{ Text = 'builtin'; Summary = 'KIND' }
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
        }
    }

    $place = ''
    $count = 0
    $option = ''
    $literal = $false
    foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
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
    # With no result at all PowerShell falls back to file names.
    foreach ($item in $items) {
        $text = $lead + $item.Text
        if ($text.StartsWith($wordToComplete, [System.StringComparison]::Ordinal)) {
            [System.Management.Automation.CompletionResult]::new($text, $item.Text, 'ParameterValue', $item.Summary)
        }
    }
}
