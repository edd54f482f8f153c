#!/usr/bin/env escript
%% -*- erlang -*-
%%! +S 1 +sbwt none
%% The other side of the differential test: the ASN.1 compiler of Erlang/OTP.
%%
%%   differential.escript MODULES WORK VALUES
%%
%% MODULES is the directory of the .asn files. WORK holds the file `questions`, with lines
%%     RULE MODULE TYPE HEX        RULE is aper or ber; HEX may be -, which only names the type
%% each of which is decoded and encoded again; the result goes to the file `answers`, line by line:
%%     same | other HEX | error REASON | skipped
%% Then VALUES random values are made of every type that occurred and encoded; they go to the file `values`:
%%     RULE MODULE TYPE HEX | RULE MODULE TYPE error REASON
-mode(compile).

main([Modules, Work, Values]) ->
    Questions = [question(Line) || Line <- lines(filename:join(Work, "questions"))],
    {ok, Answers} = file:open(filename:join(Work, "answers"), [write, raw, delayed_write]),
    {ok, Made} = file:open(filename:join(Work, "values"), [write, raw, delayed_write]),
    rand:seed(exsss, {1, 2, 3}),
    %% One codec at a time is loaded under a module's name, so the questions of a rule and module stand together.
    lists:foreach(
      fun({Rule, Module} = Key) ->
              load(Rule, Module, Modules, Work),
              Here = [{Type, Octets} || {R, M, Type, Octets} <- Questions, {R, M} =:= Key],
              [write(Answers, answer(Module, Type, Octets)) || {Type, Octets} <- Here],
              [write(Made, [Rule, " ", Module, " ", Type, " ", value(Rule, Module, Type)])
               || Type <- unique([T || {T, _} <- Here]), _ <- lists:seq(1, list_to_integer(Values))]
      end,
      unique([{R, M} || {R, M, _, _} <- Questions])),
    ok = file:close(Answers),
    ok = file:close(Made).

lines(File) ->
    {ok, Content} = file:read_file(File),
    binary:split(Content, <<"\n">>, [global, trim_all]).

question(Line) ->
    [Rule, Module, Type, Hex] = binary:split(Line, <<" ">>, [global]),
    Octets = case Hex of <<"-">> -> none; _ -> binary:decode_hex(Hex) end,
    {binary_to_list(Rule), binary_to_list(Module), binary_to_list(Type), Octets}.

write(File, Line) -> ok = file:write(File, [Line, "\n"]).

unique(List) -> unique(List, []).
unique([], Seen) -> lists:reverse(Seen);
unique([X | Rest], Seen) ->
    case lists:member(X, Seen) of
        true -> unique(Rest, Seen);
        false -> unique(Rest, [X | Seen])
    end.

load(Rule, Module, Modules, Work) ->
    Out = filename:join(Work, Rule),
    ok = filelib:ensure_dir(filename:join(Out, "x")),
    Option = case Rule of "aper" -> per; "ber" -> ber end,
    ok = asn1ct:compile(filename:join(Modules, Module ++ ".asn"), [Option, {outdir, Out}, noobj]),
    {ok, Name, Code} = compile:file(filename:join(Out, Module ++ ".erl"), [binary, {i, Out}]),
    {module, Name} = code:load_binary(Name, Module, Code),
    %% Where asn1ct:value/2 finds the module's types.
    ok = file:set_cwd(Out).

answer(_, _, none) -> "skipped";
answer(Module, Type, Octets) ->
    try
        {ok, Value} = (atom(Module)):decode(atom(Type), Octets),
        case (atom(Module)):encode(atom(Type), Value) of
            {ok, Octets} -> "same";
            {ok, Other} -> ["other ", hex(Other)]
        end
    catch
        _:Reason -> ["error ", short(Reason)]
    end.

value(Rule, Module, Type) ->
    try
        {ok, Value} = asn1ct:value(atom(Module), atom(Type)),
        case is_misaligned(Value) of
            true ->
                value(Rule, Module, Type);
            false ->
                {ok, Octets} = (atom(Module)):encode(atom(Type), Value),
                hex(Octets)
        end
    catch
        _:Reason -> ["error ", Rule, " ", short(Reason)]
    end.

atom(Text) -> list_to_atom(Text).

short(Reason) ->
    Text = lists:flatten(io_lib:format("~0P", [Reason, 12])),
    lists:sublist([case C of $\n -> $\s; _ -> C end || C <- Text], 200).

hex(Octets) -> string:lowercase(binary:encode_hex(Octets)).

%% OCTET STRING (SIZE (0..64)) without octets, which the compiler aligns although X.691 11.9.3.3 adds no field for it.
%% Only the registry's types have such strings; values with an empty one are made again.
is_misaligned({'RegistryKey', _, <<>>}) -> true;
is_misaligned({parameter, <<>>}) -> true;
is_misaligned({'RegistrySetParameterRequest', _, _, <<>>, _}) -> true;
%% A BMPString (SIZE (1)), which X.691 30.5.6 does not align: the compiler does.
is_misaligned({character, _}) -> true;
is_misaligned(Tuple) when is_tuple(Tuple) -> lists:any(fun is_misaligned/1, tuple_to_list(Tuple));
is_misaligned([Head | Tail]) -> is_misaligned(Head) orelse is_misaligned(Tail);
is_misaligned(_) -> false.
