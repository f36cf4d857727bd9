# fish completion for hpc-desk, generated from its command tree.

# Whether the words before the cursor end at a command, followed by this number of operands (or any).
function __hpc_desk_is_at
    set -l commands ' login' ' sandbox' ' doctor' ' vnc' ' vnc create' ' vnc list' ' vnc show' ' vnc connect' ' vnc screenshot' ' vnc check' ' vnc open' ' vnc delete' ' tunnels' ' tunnels stop' ' viewers' ' whoami' ' logout' ' clusters' ' clusters use' ' config' ' config list' ' config get' ' config set' ' config unset' ' config path' ' completion' ' completion install' ' completion uninstall' ' version' ' help'
    set -l awaiting -o --output --fields --field --profile --api-url --lang --timeout ' login --user' ' login --access-key' ' login --org-id' ' login --cluster' ' login --platform-url' ' login --auth-url' ' sandbox --desktop' ' sandbox --geometry' ' doctor --via' ' doctor --identity' ' doctor --viewer' ' doctor --report' ' vnc connect --viewer' ' vnc connect --via' ' vnc connect --route' ' vnc connect --identity' ' vnc connect --local-port' ' vnc connect --profile-link' ' vnc screenshot --file' ' vnc screenshot --via' ' vnc screenshot --route' ' vnc screenshot --identity' ' vnc check --via' ' vnc check --route' ' vnc check --identity' ' vnc check --report' ' viewers --viewer'
    set -l place ''
    set -l count 0
    set -l awaited no
    set -l literal no
    for word in (commandline -opc)[2..-1]
        if test $awaited = yes
            set awaited no
        else if test $literal = no; and string match -qr -- '^-.' $word
            if test $word = --
                set literal yes
            else if contains -- $word $awaiting; or contains -- "$place $word" $awaiting
                set awaited yes
            end
        else if contains -- "$place $word" $commands
            set place "$place $word"
            set count 0
        else
            set count (math $count + 1)
        end
    end
    contains -- $argv[1] any $count; and test "$place" = (string join '' '' ' '$argv[2..-1])
end

# Values from the program; the typed words are not evaluated.
function __hpc_desk_live
    command -q hpc-desk; or return
    # Plain words only, and no options.
    command hpc-desk __complete $argv[1] -- (commandline -opc)[2..-1] </dev/null 2>/dev/null | string match -r -- '^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*(?:\t.*)?$'
end

# In a list only the part after the last comma is completed.
function __hpc_desk_after_comma
    set -l value (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    set -l lead (string match -r -- '^.*,' $value)
    for item in $argv
        echo "$lead$item"
    end
end

complete -c hpc-desk -e
complete -c hpc-desk -f
complete -c hpc-desk -l json -f -d 'print JSON; same as -o json'
complete -c hpc-desk -s o -l output -r -f -a 'table json tsv name env' -d 'output format'
complete -c hpc-desk -l fields -r -f -d 'only these fields (comma-separated)'
complete -c hpc-desk -l field -r -f -d 'print the raw value of one field'
complete -c hpc-desk -s q -l quiet -f -d 'no progress, hints or warnings'
complete -c hpc-desk -l debug -f -d 'log requests and show stack traces'
complete -c hpc-desk -l profile -r -f -a '(__hpc_desk_live profiles)' -d 'stored login to use'
complete -c hpc-desk -l api-url -r -f -d 'base URL of the cluster’s API'
complete -c hpc-desk -l lang -r -f -a 'en zh' -d language
complete -c hpc-desk -l color -f -d 'colour even if the output is not a terminal'
complete -c hpc-desk -l no-color -f -d 'no colour'
complete -c hpc-desk -l no-input -f -d 'never prompt'
complete -c hpc-desk -l timeout -r -f -d 'time limit of the command, such as 90s, 10m, 2h (default: 60s)'
complete -c hpc-desk -s h -l help -f -d 'show help'
complete -c hpc-desk -s V -l version -f -d 'show the version'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a login -d 'log in and save the credentials'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a sandbox -d 'run a local platform with a desktop, for demos and tests'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a doctor -d 'check everything a desktop needs, and suggest fixes'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a vnc -d 'manage the desktop session'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a tunnels -d 'list the tunnels running in the background'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a viewers -d 'list the VNC viewers on this machine'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a whoami -d 'show who is logged in, where, and for how long'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a logout -d 'remove the stored login'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a clusters -d 'list the clusters of the account'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a config -d 'read and change settings'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a completion -d 'print the completion script of a shell'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a version -d 'print the version'
complete -c hpc-desk -n '__hpc_desk_is_at 0' -a help -d 'show help on a command or topic'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l token-stdin -f -d 'read a token from standard input'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l user -r -f -d 'platform user name (not the cluster user)'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l access-key -r -f -d 'access key, from the console: personal centre, access control'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l secret-key-stdin -f -d 'read the secret key from standard input'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l org-id -r -f -d 'organisation ID, for a password login'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l password-stdin -f -d 'read the password from standard input'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l cluster -r -f -a '(__hpc_desk_live clusters)' -d 'cluster to use; part of its name is enough'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l remember -f -d 'also store the access key, to log in again when the token has expired'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l platform-url -r -f -d 'base URL of the platform (default: https://www.scnet.cn)'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l auth-url -r -f -d 'base URL for the access-key login (default: https://api.scnet.cn)'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l allow-http -f -d 'allow unencrypted http (others on the network can read the credentials)'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l fields -r -f -a '(__hpc_desk_after_comma profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any login' -l field -r -f -a 'profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any sandbox' -l desktop -r -f -a 'auto xvnc builtin' -d 'desktop to run: a real Xvnc, or the built-in test desktop'
complete -c hpc-desk -n '__hpc_desk_is_at any sandbox' -l geometry -r -f -d 'desktop size in pixels (default: 1920x1080)'
complete -c hpc-desk -n '__hpc_desk_is_at any sandbox' -l fields -r -f -a '(__hpc_desk_after_comma apiUrl platformUrl authUrl user password orgId accessKey secretKey \'cluster.id\' \'cluster.name\' token)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any sandbox' -l field -r -f -a 'apiUrl platformUrl authUrl user password orgId accessKey secretKey \'cluster.id\' \'cluster.name\' token' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l via -r -f -d 'login node to check, instead of the one in the settings'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l identity -r -F -d 'private key for the login node; user, host and expiry are read from the file name of a console key'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l viewer -r -F -a '(__hpc_desk_live viewers)' -d 'viewer to check, instead of the one in the settings'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l report -r -F -d 'write a report without secrets to a new file'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l fields -r -f -a '(__hpc_desk_after_comma healthy checks \'report.file\' \'report.text\')' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any doctor' -l field -r -f -a 'healthy checks \'report.file\' \'report.text\'' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a create -d 'create the session, or find the existing one'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a list -d 'list your sessions'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a show -d 'show one session and when it will be swept'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a connect -d 'show the desktop on your screen'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a screenshot -d 'save a screenshot of the desktop, without a viewer'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a check -d 'check step by step that the desktop works'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a open -d 'open the platform’s web page of a session'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc' -a delete -d 'delete a session; everything running in it is lost'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc create' -l wait -f -d 'keep trying while every node is busy (default: 10m)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc create' -l notify -f -d 'ring the terminal bell at the end; desktop notification where supported'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc create' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc create' -l fields -r -f -a '(__hpc_desk_after_comma sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt created)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc create' -l field -r -f -a 'sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt created' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc list' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc list' -l fields -r -f -a '(__hpc_desk_after_comma sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc list' -l field -r -f -a 'sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc show' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc show' -l watch -f -d 'print every change, until the session is gone'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc show' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc show' -l fields -r -f -a '(__hpc_desk_after_comma sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc show' -l field -r -f -a 'sessionId id name hostname ip display port user job widthPx heightPx createdAt sweepAt' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc connect' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l viewer -r -F -a '(__hpc_desk_live viewers)' -d 'viewer to start; web: browser page (the fallback of auto); none: only a local port'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l web -f -d 'show the desktop in a browser page; same as --viewer web'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l keep -f -d 'keep serving the page after its last tab is closed'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l via -r -f -d 'login node for the ssh tunnel'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l route -r -f -a 'auto direct ssh' -d 'how to reach the node; auto uses ssh if a login node is set'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l identity -r -F -d 'private key for the login node; user, host and expiry are read from the file name of a console key'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l local-port -r -f -d 'local port on 127.0.0.1 (default: a free port)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l allow-any-user -f -d 'let every user of this machine connect to the local port'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l view-only -f -d 'send no keyboard or pointer events'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l full-screen -f -d 'start in full screen'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l profile-link -r -f -a 'slow lan' -d 'image quality for a slow or a fast link (default: the viewer’s own)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l no-create -f -d 'fail if there is no session, instead of creating one'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l detach -f -d 'return once the desktop answers; keep the connection in the background'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l print -f -d 'only print the ssh and viewer commands to run by hand'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l fields -r -f -a '(__hpc_desk_after_comma mode sessionId target route via address port url \'viewer.id\' \'viewer.path\' id \'tunnel.argv\' \'viewer.argv\' shell \'commands.posix\' \'commands.powershell\')' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc connect' -l field -r -f -a 'mode sessionId target route via address port url \'viewer.id\' \'viewer.path\' id \'tunnel.argv\' \'viewer.argv\' shell \'commands.posix\' \'commands.powershell\'' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc screenshot' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l file -r -F -d 'file to create; - for standard output (default: hpc-desk-DATE-TIME.png)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l show -f -d 'show the screenshot in the terminal; saved only with --file'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l via -r -f -d 'login node for the ssh tunnel'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l route -r -f -a 'auto direct ssh' -d 'how to reach the node; auto uses ssh if a login node is set'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l identity -r -F -d 'private key for the login node; user, host and expiry are read from the file name of a console key'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l fields -r -f -a '(__hpc_desk_after_comma file widthPx heightPx bytes)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc screenshot' -l field -r -f -a 'file widthPx heightPx bytes' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc check' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l via -r -f -d 'login node for the ssh tunnel'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l route -r -f -a 'auto direct ssh' -d 'how to reach the node; auto uses ssh if a login node is set'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l identity -r -F -d 'private key for the login node; user, host and expiry are read from the file name of a console key'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l report -r -F -d 'also write the result as JUnit XML'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l fields -r -f -a '(__hpc_desk_after_comma healthy \'rfb.version\' \'rfb.securityTypes\' \'rfb.widthPx\' \'rfb.heightPx\' \'rfb.desktopName\' checks)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc check' -l field -r -f -a 'healthy \'rfb.version\' \'rfb.securityTypes\' \'rfb.widthPx\' \'rfb.heightPx\' \'rfb.desktopName\' checks' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc open' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc open' -l no-open -f -d 'only print the URL, as HPC_DESK_BROWSER=none does'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc open' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc open' -l fields -r -f -a '(__hpc_desk_after_comma sessionId url)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc open' -l field -r -f -a 'sessionId url' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 vnc delete' -f -a '(__hpc_desk_live sessions)' -d 'session ID or name, or a unique prefix (default: the only session)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc delete' -s y -l yes -f -d 'skip the confirmation'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc delete' -l allow-target -f -d 'accept a session on a loopback address'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc delete' -l fields -r -f -a '(__hpc_desk_after_comma sessionId deleted alreadyGone)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any vnc delete' -l field -r -f -a 'sessionId deleted alreadyGone' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 tunnels' -a stop -d 'stop a background tunnel'
complete -c hpc-desk -n '__hpc_desk_is_at any tunnels' -l fields -r -f -a '(__hpc_desk_after_comma id pid sessionId mode target route via address port url startedAt state viewer failure sweepAt)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any tunnels' -l field -r -f -a 'id pid sessionId mode target route via address port url startedAt state viewer failure sweepAt' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 tunnels stop' -f -a '(__hpc_desk_live tunnels)' -d 'tunnel ID or session ID, or a unique prefix (default: the only tunnel)'
complete -c hpc-desk -n '__hpc_desk_is_at any tunnels stop' -l all -f -d 'stop all tunnels'
complete -c hpc-desk -n '__hpc_desk_is_at any tunnels stop' -l fields -r -f -a '(__hpc_desk_after_comma stopped)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any tunnels stop' -l field -r -f -a stopped -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any viewers' -l all -f -d 'also show the search path and how to install a viewer'
complete -c hpc-desk -n '__hpc_desk_is_at any viewers' -l viewer -r -F -a '(__hpc_desk_live viewers)' -d 'viewer to look for: auto, an ID, a path or none'
complete -c hpc-desk -n '__hpc_desk_is_at any viewers' -l fields -r -f -a '(__hpc_desk_after_comma wish wishedBy viewers searched install)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any viewers' -l field -r -f -a 'wish wishedBy viewers searched install' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any whoami' -l all -f -d 'list the logins of all profiles'
complete -c hpc-desk -n '__hpc_desk_is_at any whoami' -l verify -f -d 'ask the platform whether it accepts the token'
complete -c hpc-desk -n '__hpc_desk_is_at any whoami' -l fields -r -f -a '(__hpc_desk_after_comma profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn tokenSource expired expiresInSeconds current)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any whoami' -l field -r -f -a 'profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn tokenSource expired expiresInSeconds current' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at any logout' -l all -f -d 'remove the logins of all profiles, also from a damaged store'
complete -c hpc-desk -n '__hpc_desk_is_at any logout' -l fields -r -f -a '(__hpc_desk_after_comma removed)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any logout' -l field -r -f -a removed -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 clusters' -a use -d 'choose the cluster for the next commands'
complete -c hpc-desk -n '__hpc_desk_is_at any clusters' -l fields -r -f -a '(__hpc_desk_after_comma id name usable current accountStatus)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any clusters' -l field -r -f -a 'id name usable current accountStatus' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 clusters use' -f -a '(__hpc_desk_live clusters)' -d 'ID of the cluster, or part of its name'
complete -c hpc-desk -n '__hpc_desk_is_at any clusters use' -l fields -r -f -a '(__hpc_desk_after_comma profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any clusters use' -l field -r -f -a 'profile user clusterUser \'cluster.id\' \'cluster.name\' apiUrl platformUrl accountStatus expiresAt storedIn' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config' -a list -d 'list all settings with their source'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config' -a get -d 'print one setting'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config' -a set -d 'store one setting'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config' -a unset -d 'remove one setting'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config' -a path -d 'print the config folder'
complete -c hpc-desk -n '__hpc_desk_is_at any config list' -l fields -r -f -a '(__hpc_desk_after_comma \'apiUrl.value\' \'apiUrl.source\' \'platformUrl.value\' \'platformUrl.source\' \'authUrl.value\' \'authUrl.source\' \'profile.value\' \'profile.source\' \'via.value\' \'via.source\' \'viewer.value\' \'viewer.source\' \'lang.value\' \'lang.source\' \'timeout.value\' \'timeout.source\' \'timeZone.value\' \'timeZone.source\' \'sweepHour.value\' \'sweepHour.source\' \'notify.value\' \'notify.source\')' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any config list' -l field -r -f -a '\'apiUrl.value\' \'apiUrl.source\' \'platformUrl.value\' \'platformUrl.source\' \'authUrl.value\' \'authUrl.source\' \'profile.value\' \'profile.source\' \'via.value\' \'via.source\' \'viewer.value\' \'viewer.source\' \'lang.value\' \'lang.source\' \'timeout.value\' \'timeout.source\' \'timeZone.value\' \'timeZone.source\' \'sweepHour.value\' \'sweepHour.source\' \'notify.value\' \'notify.source\'' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config get' -f -a 'apiUrl platformUrl authUrl profile via viewer lang timeout timeZone sweepHour notify' -d 'name of the setting'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config set' -f -a 'apiUrl platformUrl authUrl profile via viewer lang timeout timeZone sweepHour notify' -d 'name of the setting'
complete -c hpc-desk -n '__hpc_desk_is_at any config set' -l fields -r -f -a '(__hpc_desk_after_comma key value)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any config set' -l field -r -f -a 'key value' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 config unset' -f -a 'apiUrl platformUrl authUrl profile via viewer lang timeout timeZone sweepHour notify' -d 'name of the setting'
complete -c hpc-desk -n '__hpc_desk_is_at any config unset' -l fields -r -f -a '(__hpc_desk_after_comma key)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any config unset' -l field -r -f -a key -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 completion' -a install -d 'install completion for a shell and list the changes'
complete -c hpc-desk -n '__hpc_desk_is_at 0 completion' -a uninstall -d 'undo what completion install changed'
complete -c hpc-desk -n '__hpc_desk_is_at 0 completion' -f -a 'bash zsh fish powershell' -d 'target shell'
complete -c hpc-desk -n '__hpc_desk_is_at 0 completion install' -f -a 'bash zsh fish powershell' -d 'shell to install it for (default: the one in SHELL)'
complete -c hpc-desk -n '__hpc_desk_is_at any completion install' -l fields -r -f -a '(__hpc_desk_after_comma shell startFile loadLine changes lines)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any completion install' -l field -r -f -a 'shell startFile loadLine changes lines' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 completion uninstall' -f -a 'bash zsh fish powershell' -d 'only this shell (default: all)'
complete -c hpc-desk -n '__hpc_desk_is_at any completion uninstall' -l fields -r -f -a '(__hpc_desk_after_comma shell change path)' -d 'only these fields (comma-separated)'
complete -c hpc-desk -n '__hpc_desk_is_at any completion uninstall' -l field -r -f -a 'shell change path' -d 'print the raw value of one field'
complete -c hpc-desk -n '__hpc_desk_is_at 0 help' -f -a 'environment exit-codes output proxy vnc-viewers login sandbox doctor vnc tunnels viewers whoami logout clusters config completion version' -d 'command or topic'
